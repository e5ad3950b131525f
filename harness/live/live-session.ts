import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { judge } from "../check/judge.js";
import { faultOf } from "../fault/registry.js";
import type { FaultSpec, HistoryEvent } from "../history/event.js";
import { openHistory, type HistoryWriter } from "../history/history-writer.js";
import { readHistory } from "../history/read-history.js";
import { keepRun, nextRun, type RunFolder } from "../history/run-store.js";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import type { FaultInForce, Lab } from "../lab/lab.js";
import { writeReports } from "../report/write-reports.js";
import { breakNow, newFault, takeBack, type NotePower } from "../run/faults-in-force.js";
import { watchLab, type Session } from "../run/session.js";
import { activeNode, resolveTarget } from "../run/targets.js";
import { hostLoad, recordRunStart } from "../suite/record-run-start.js";
import { LiveTrials } from "./live-trials.js";

/** How often the journal is looked at for what other commands, or a lease, did to the lab. */
const JOURNAL_EVERY_MS = 1_000;
/** Of an idle lab no more than this stays in memory. */
const FORGET_EVERY_MS = 60_000;

export interface LiveOutcome {
  run: RunFolder;
  /** Paths of the reports by format; empty when nothing was broken: then nothing was kept. */
  reports: Record<string, string>;
}

/** A lab that is up, watched, with everything that is done to it by hand in one history. */
export interface LiveSession {
  readonly lab: Lab;
  readonly session: Session;
  readonly run: RunFolder;
  /** The oldest first, as the journal had them at the last look. */
  faults(): readonly FaultInForce[];
  /** Breaks something and proves it; the entry holds the proof. One thing is done after the other. Throws `fault-not-proven`, `unknown-name`. */
  inject(spec: FaultSpec): Promise<FaultInForce>;
  /** Takes one fault back and proves it; returns what was seen. Throws `undo-not-proven`, `unknown-name`. */
  heal(id: string): Promise<string[]>;
  /** Stops watching, judges what was done and writes the report. The lab stays, and so do faults in force. */
  close(): Promise<LiveOutcome>;
}

export interface LiveRequest {
  lab: Lab;
  reportDir: string;
  /** Told of everything as it is written down, also of what comes before this returns. */
  onEvent(event: HistoryEvent): void;
}

/** Begins to watch a lab that is up. */
export async function openLiveSession({ lab, reportDir, onEvent }: LiveRequest): Promise<LiveSession> {
  const run = nextRun(reportDir);
  mkdirSync(run.dir, { recursive: true });
  const history = telling(openHistory(run.history), onEvent);
  const suite = lab.definition.name;
  recordRunStart(history, { runId: run.id, provider: lab.provider, seed: 0 });
  history.write({ type: "suite-started", lab: lab.name, suite, definition: lab.definition, pid: process.pid });
  const session = await watchLab({ lab, history, logFolder: join(run.dir, "nodes"), keep: true });
  let isKept = false;
  const trials = new LiveTrials(session, suite, () => {
    isKept = true;
    keepRun(reportDir, run);
  });

  let known: FaultInForce[] = await lab.journal.list();
  /** Faults that were there before: nobody saw how they began, so they belong to no trial. */
  const before = new Set(known.map(({ id }) => id));
  const notePower: NotePower = (node, on) => {
    session.record({ type: "power", node, on });
  };
  let last: Promise<unknown> = Promise.resolve();
  /** One thing after the other, whatever became of the one before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function injectNow(spec: FaultSpec): Promise<FaultInForce> {
    const active = activeOr(session, "");
    const nodes = resolveTarget(lab, faultOf(spec.kind), spec.target, active).map((node) => node.name);
    if (nodes.length === 0 && faultOf(spec.kind).targets === "nodes") activeNode(session);
    const fault = newFault(spec.kind, nodes, spec.params);
    known = [...known, fault];
    let struck: Promise<void> = Promise.resolve();
    let seen: string[] = [];
    await breakNow(session.lab, fault, {
      noteActing() {
        struck = trials.struck({ spec, nodes, params: spec.params, atUs: session.nowUs(), active });
      },
      noteProven(evidence) {
        seen = evidence;
        void struck.then(() => {
          trials.proof({ bit: true, evidence });
        });
      },
      notePower,
    }).catch(async (error: unknown) => {
      await struck;
      trials.proof({ bit: false, message: messageOf(error) });
      throw error;
    });
    await struck;
    return { ...fault, proof: { bit: true, evidence: seen } };
  }

  async function healNow(id: string): Promise<string[]> {
    const fault = known.find((each) => each.id === id);
    if (!fault) {
      const hint = suggestName(
        id,
        known.map((each) => each.id),
      );
      throw new HachaosError("unknown-name", `no fault ${id} is in force`, { hint });
    }
    if (!before.has(id)) trials.healing();
    try {
      const evidence = await takeBack(session.lab, fault, notePower);
      forget(id, evidence);
      return evidence;
    } catch (error) {
      if (!before.has(id)) trials.notHealed(error);
      throw error;
    }
  }

  function forget(id: string, evidence: string[]): void {
    known = known.filter((each) => each.id !== id);
    if (!before.delete(id)) trials.gone(evidence);
  }

  /** What others did since the last look. */
  async function lookAtJournal(): Promise<void> {
    const now = await lab.journal.list();
    for (const fault of now) {
      const seen = known.find(({ id }) => id === fault.id);
      if (!seen) await appeared(fault);
      if (!seen?.proof && fault.proof && !before.has(fault.id)) trials.proof(fault.proof);
    }
    for (const { id, kind, nodes, params } of known.filter((fault) => !now.some(({ id: there }) => there === fault.id))) {
      for (const node of faultOf(kind).draw(lab, nodes, params).nodes) notePower(node, true);
      if (!before.has(id)) trials.healing();
      forget(id, ["its entry in the lab's journal is gone, which is struck off only when the undo is proven"]);
    }
    known = now;
  }

  async function appeared({ kind, nodes, params, since }: FaultInForce): Promise<void> {
    const target = faultOf(kind).targets === "network" ? "" : nodes.length === 1 ? (nodes[0] ?? "") : "all";
    const agoUs = Math.max(0, Date.now() - Date.parse(since)) * 1000;
    const atUs = session.nowUs() - agoUs;
    await trials.struck({ spec: { kind, target, params }, nodes, params, atUs, active: activeOr(session, "") });
    for (const node of faultOf(kind).draw(lab, nodes, params).nodes) session.record({ type: "power", node, on: false, atUs });
  }

  // An engine that does not answer for a moment is asked again; the observers tell when it is gone.
  const looking = setInterval(() => void inTurn(lookAtJournal).catch(() => undefined), JOURNAL_EVERY_MS);
  const forgetting = setInterval(() => {
    session.recent.begin();
  }, FORGET_EVERY_MS);

  return {
    lab,
    session,
    run,
    faults: () => known,
    inject: (spec) => inTurn(() => injectNow(spec)),
    heal: (id) => inTurn(() => healNow(id)),
    async close() {
      clearInterval(looking);
      clearInterval(forgetting);
      await last;
      await trials.close();
      await session.close();
      history.write({ type: "suite-ended", lab: lab.name, suite });
      history.write({ type: "run-ended", load1: hostLoad() });
      history.close();
      if (isKept) return { run, reports: await report(run) };
      rmSync(run.dir, { recursive: true });
      return { run, reports: {} };
    },
  };
}

/** The same writer, but somebody hears what is written. */
function telling(history: HistoryWriter, onEvent: (event: HistoryEvent) => void): HistoryWriter {
  return {
    ...history,
    write(event) {
      const complete = { ...event, atUs: event.atUs ?? history.nowUs() };
      history.write(complete);
      onEvent(complete);
    },
  };
}

function activeOr(session: Session, none: string): string {
  try {
    return activeNode(session);
  } catch {
    return none;
  }
}

async function report(run: RunFolder): Promise<Record<string, string>> {
  const stored = readHistory(run.history);
  return (await writeReports(run.dir, judge(stored), stored.events)).paths;
}
