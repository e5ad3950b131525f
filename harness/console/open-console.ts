import { randomBytes } from "node:crypto";
import type { HistoryEvent } from "../history/event.js";
import { HachaosError } from "../kernel/errors.js";
import type { Lab } from "../lab/lab.js";
import { openLiveSession, type LiveSession } from "../live/live-session.js";
import type { LiveOutcome } from "../live/live-run.js";
import { SAVED_FROM, savedLines } from "../live/save-suite.js";
import { labActions } from "./actions.js";
import { Board } from "./board.js";
import { boardEvents, timelineEvent } from "./page/board-events.js";
import { consolePage } from "./page/console-page.js";
import { transcriptLines } from "./page/transcript-lines.js";
import type { RunSoFar } from "./report-so-far.js";
import { saveHere } from "./save-here.js";
import { serveConsole } from "./server/console-server.js";
import type { OpenPage } from "./server/pages.js";
import type { Action } from "./server/request-body.js";

/** Twice a second is as often as people read; the lanes, which cost most, half as often while nothing happens. */
const LOOK_EVERY_MS = 500;
const LANES_EVERY_LOOKS = 2;

export interface ConsoleRequest {
  lab: Lab;
  reportDir: string;
  /** 0: a free one. */
  port: number;
  /** Pages cannot be unlocked: nothing can be broken from them. */
  locked: boolean;
  /** The secret in the address; a random one unless told. */
  token?: string | undefined;
  /** The folder in which pages may save a suite. */
  here: string;
  /** Makes the page of the report while the session goes on; null: nothing was broken yet. */
  report(run: RunSoFar): Promise<string | null>;
}

export interface OpenConsole {
  /** With the token: whoever has it may break the lab. */
  url: string;
  live: LiveSession;
  /** Ends what goes on, stops watching and writes the report when something was broken. */
  close(): Promise<LiveOutcome>;
}

/** Watches a lab that is up and serves its console until it is closed. */
export async function openConsole(request: ConsoleRequest): Promise<OpenConsole> {
  const { lab, reportDir, port, locked, token = newToken(), here } = request;
  const board = new Board(lab);
  const done: HistoryEvent[] = [];
  const onEvent = (event: HistoryEvent) => {
    if (SAVED_FROM.includes(event.type)) done.push(event);
    board.note(event);
  };
  const live = await openLiveSession({ lab, reportDir, onEvent });
  const actions = labActions(live, board);
  const boot = newToken();
  const nowUs = () => live.session.nowUs();

  function greet(page: OpenPage): void {
    page.send("hello", JSON.stringify({ id: page.id, name: page.name, boot }));
    show([page], true);
  }

  function show(pages: readonly OpenPage[], lanes: boolean): void {
    const now = nowUs();
    const events = { ...boardEvents(lab, board.moment(now)), ...(lanes && timelineEvent(board, now)) };
    for (const page of pages) {
      for (const [event, text] of Object.entries(events)) page.send(event, text);
      page.send("lock", JSON.stringify({ locked: page.isLocked() }));
      const entries = board.transcript.after(page.seq);
      page.seq = entries.at(-1)?.seq ?? page.seq;
      if (entries.length > 0) page.send("entries", transcriptLines(entries).markup);
    }
  }

  function act(page: OpenPage, action: Action): string {
    const told = acted(page, action);
    show(server.pages.all(), false);
    return told;
  }

  function acted(page: OpenPage, action: Action): string {
    switch (action.do) {
      case "unlock":
        if (locked)
          throw new HachaosError("usage", "this console is locked", { hint: "hachaos console without --locked lets pages unlock" });
        page.unlock();
        return "";
      case "lock":
        page.lock();
        return "";
      case "heal":
        actions.heal(page.name, action.id);
        return "";
      case "save":
        return save(page.name, action.folder);
      case "inject":
        if (page.isLocked()) throw new HachaosError("usage", "this page is locked, so nothing was broken", { hint: "unlock it first" });
        // Whoever works with it keeps it unlocked.
        page.unlock();
        actions.inject(page.name, action);
        return "";
    }
  }

  function save(who: string, folder: string): string {
    const saved = saveHere(done, folder, here);
    const lines = [saved.file, ...savedLines(saved, folder)];
    board.transcript.add("act", who, "saves what was done as a suite");
    for (const line of lines) board.transcript.add("seen", who, line);
    return lines.join("; ");
  }

  /** Who asks while one is being made gets the same. */
  let making: Promise<string | null> | null = null;
  function report(): Promise<string | null> {
    making ??= request.report(live.run).finally(() => (making = null));
    return making;
  }

  const html = consolePage(lab, { locked });
  const server = await serveConsole({ page: html, report, greet, act }, { port, token }).catch(async (error: unknown) => {
    await live.close();
    throw error;
  });
  let looks = 0;
  const looking = setInterval(() => {
    looks += 1;
    board.look(live.faults(), nowUs());
    const pages = server.pages.all();
    if (pages.length > 0) show(pages, looks % LANES_EVERY_LOOKS === 0);
  }, LOOK_EVERY_MS);
  const onLost = () => {
    board.lose(lab.lost.reason);
    show(server.pages.all(), false);
  };
  lab.lost.addEventListener("abort", onLost, { once: true });

  return {
    url: `http://127.0.0.1:${server.port}/?token=${token}`,
    live,
    async close() {
      clearInterval(looking);
      lab.lost.removeEventListener("abort", onLost);
      await server.close();
      await actions.idle();
      return live.close();
    },
  };
}

/** 128 bits, which nobody guesses. */
function newToken(): string {
  return randomBytes(16).toString("base64url");
}
