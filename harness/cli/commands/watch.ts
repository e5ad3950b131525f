import { emitKeypressEvents } from "node:readline";
import type { Command } from "commander";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { openLiveSession, type LiveSession } from "../../live/live-session.js";
import type { CliContext } from "../cli-context.js";
import { openLab } from "../pick-lab.js";
import type { Terminal } from "../terminal/terminal.js";
import { healMenu, injectMenu, type Choice, type Menu } from "../watch/menu.js";
import { watchScreen } from "../watch/watch-screen.js";
import { WatchState } from "../watch/watch-state.js";
import { tellReports } from "../tell-reports.js";

/** Five pictures a second look live and cost little. */
const REDRAW_MS = 200;

export function addWatch(program: Command, { terminal }: CliContext): void {
  program
    .command("watch")
    .description("watch a lab that is up in the terminal, break and heal it by keys; a report at the end")
    .argument("[lab]", "its name; may be left out when there is only one")
    .option("--report-dir <folder>", "where the session is stored", "reports")
    .action(async (name: string | undefined, { reportDir }: { reportDir: string }) => {
      if (!process.stdin.isTTY || !process.stdout.isTTY) {
        throw new HachaosError("usage", "hachaos watch needs a terminal", { hint: "hachaos status prints the same once" });
      }
      const lab = await openLab(name, { toChange: true, ask: terminal.ask });
      const state = new WatchState(lab.definition);
      terminal.progress(`taking a first look at ${lab.name} ...`);
      const live = await openLiveSession({ lab, reportDir, onEvent: (event) => state.apply(event) });
      try {
        await showScreen(live, state, terminal);
        lab.lost.throwIfAborted();
      } finally {
        terminal.progress("judging what was done ...");
        tellReports(await live.close(), terminal);
      }
    });
}

/** Until somebody quits, or the lab is gone. The terminal is as it was afterwards. */
async function showScreen(live: LiveSession, state: WatchState, terminal: Terminal): Promise<void> {
  const { stdin, stdout } = process;
  let menu: Menu | null = null;
  let busy: string | null = null;
  const draw = () => {
    const size = { columns: stdout.columns, rows: stdout.rows };
    const screen = { lab: live.lab.name, state, faults: live.faults(), menu, busy };
    // Home, each line cleared to its end, then the rest of the screen (ECMA-48: CUP, EL, ED).
    stdout.write(`\u001b[H${watchScreen(screen, size, terminal).join("\u001b[K\n")}\u001b[K\u001b[J`);
  };
  const work = (what: string, doing: () => Promise<unknown>) => {
    busy = what;
    void doing()
      .catch((error: unknown) => state.say(`${what}: ${messageOf(error).replace(/\n\s*/g, "; ")}`))
      .finally(() => (busy = null));
  };
  const follow = (choice: Choice) => {
    menu = "ask" in choice ? choice.ask : null;
    if ("inject" in choice) work(`injecting ${choice.inject.kind} ...`, () => live.inject(choice.inject));
    if ("heal" in choice) work(`healing ${choice.heal} ...`, () => live.heal([choice.heal]));
  };

  return new Promise((resolve) => {
    const quit = () => {
      clearInterval(drawing);
      stdin.off("keypress", onKey).setRawMode(false).pause();
      for (const signal of SIGNALS) process.off(signal, quit);
      live.lab.lost.removeEventListener("abort", quit);
      stdout.write("\u001b[?25h\u001b[?1049l");
      resolve();
    };
    const onKey = (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
      if (key.ctrl === true && key.name === "c") quit();
      else if (key.name === "escape") menu = null;
      else if (busy !== null) return;
      else if (menu !== null) {
        const option = menu.options.find((each) => each.key === text);
        if (option) follow(option.chosen);
      } else if (text === "q") quit();
      else if (text === "i") menu = injectMenu(live.lab.definition);
      else if (text === "h") menu = healMenu(live.faults());
      else if (text === "a" && live.faults().length > 0) {
        const ids = live.faults().map(({ id }) => id);
        work("healing all ...", () => live.heal(ids));
      }
    };
    // The alternate screen, without a cursor (xterm: DECSET 1049, 25).
    stdout.write("\u001b[?1049h\u001b[?25l");
    emitKeypressEvents(stdin);
    stdin.setRawMode(true).on("keypress", onKey).resume();
    for (const signal of SIGNALS) process.on(signal, quit);
    live.lab.lost.addEventListener("abort", quit);
    const drawing = setInterval(draw, REDRAW_MS);
    draw();
  });
}

const SIGNALS = ["SIGTERM", "SIGHUP"] as const;
