import { randomInt } from "node:crypto";
import { join } from "node:path";
import { exitCodeOf } from "../check/exit-code.js";
import { judge } from "../check/judge.js";
import type { Results } from "../check/results.js";
import type { HistoryEvent } from "../history/event.js";
import { openHistory, type HistoryWriter } from "../history/history-writer.js";
import { allOf, readHistory, type History } from "../history/read-history.js";
import { createRun, type RunFolder } from "../history/run-store.js";
import { HachaosError } from "../kernel/errors.js";
import { whenAborted } from "../kernel/when-aborted.js";
import { skippedTrial } from "../run/conductor.js";
import { drawPhaseMs } from "../run/draw-phase.js";
import { labProcesses, type RunFile } from "./cells/lab-processes.js";
import { lotsOf, type Lot } from "./cells/lots.js";
import { runCells } from "./cells/run-cells.js";
import { newestDurations } from "./durations.js";
import { followHistory } from "./follow-history.js";
import { liftOnlyLab } from "./lift-only-lab.js";
import type { ShardPart } from "./plan-shard.js";
import { planSuites, type PlannedTest } from "./plan-suites.js";
import { hostLoad, recordRunStart } from "./record-run-start.js";
import { runByVitest } from "./run-by-vitest.js";

export interface RunSuitesOptions {
  /** Folders with a cluster.yaml, or with such folders. */
  suites: string[];
  provider: string;
  /** Debian releases to run each suite for, instead of the one in its definition. */
  releases?: readonly string[];
  repeat: number;
  /** How many labs work side by side. */
  cells: number;
  /** Whether the next suite's lab is built while these work. */
  ahead: boolean;
  seed?: number;
  filter?: string;
  /** Only this part of the plan. */
  part?: ShardPart;
  keep: boolean;
  reportDir: string;
  signal: AbortSignal;
  onEvent(event: HistoryEvent): void;
}

export interface SuitesOutcome {
  run: RunFolder;
  history: History;
  results: Results;
  exitCode: number;
}

/**
 * Runs suites in labs side by side and judges the history they left. Every definition and suite file is read before the first lab is built:
 * bad input throws and leaves nothing behind.
 */
export async function runSuites(options: RunSuitesOptions, runFile: RunFile = runByVitest): Promise<SuitesOutcome> {
  const { provider, repeat, cells, ahead, keep, reportDir, signal, part, seed = randomInt(2 ** 31) } = options;
  const planned = part?.tests ?? (await planFor(options));
  const lots = lotsOf(planned, { repeat, cells, durations: newestDurations(reportDir) });
  const run = createRun(reportDir);
  const history = openHistory(run.history);
  const plan = planned.map(({ suite, scenario }) => ({ suite, test: scenario.name, trials: repeat }));
  recordRunStart(history, { runId: run.id, provider, seed, shard: part?.facts, plan, cells });
  const processes = labProcesses({ run, history, signal, runFile, provider, seed, keep });
  const begun = new Set<string>();
  const stopFollowing = followHistory(run.history, (event) => {
    processes.note(event);
    if (event.type === "trial-started") begun.add(keyOf(event.suite, event.test, event.trial));
    options.onEvent(event);
  });
  try {
    await runCells({ lots, cells, ahead, signal, work: processes.start }).finally(stopFollowing);
    if (!signal.aborted) for (const lot of lots) noteMissing(history, lot, { lab: processes.labOf(lot), seed, begun });
  } finally {
    history.write({ type: "run-ended", load1: hostLoad(), interrupted: signal.aborted });
    history.close();
  }
  const stored = readHistory(run.history);
  liftOnlyLab(join(run.dir, "nodes"), [...new Set(allOf(stored.events, "suite-started").map(({ lab }) => lab))]);
  const results = judge(stored);
  return { run, history: stored, results, exitCode: exitCodeOf(results) };
}

/** A Ctrl-C may end what loads a suite file: that is no fault of the file's, and nobody waits for it. */
async function planFor(options: RunSuitesOptions): Promise<PlannedTest[]> {
  const { signal } = options;
  const interrupted = () => new HachaosError("interrupted", "interrupted before the first lab was built");
  const planned = planSuites(options).catch((error: unknown) => {
    throw signal.aborted ? interrupted() : error;
  });
  return Promise.race([planned, whenAborted(signal).then(() => Promise.reject(interrupted()))]);
}

/** The trials that no lab could do, so that the report has a line for each. */
function noteMissing(
  history: HistoryWriter,
  lot: Lot,
  { lab, seed, begun }: { lab: string; seed: number; begun: ReadonlySet<string> },
): void {
  const { suite, file } = lot;
  for (const { scenario, trial } of lot.trials) {
    if (begun.has(keyOf(suite, scenario.name, trial))) continue;
    const phaseMs = drawPhaseMs(file.definition, scenario, { seed, suite, trial });
    const request = { suite, scenario, trial, phaseMs };
    for (const event of skippedTrial(lab, file.definition, request, "there was no lab to do it")) history.write(event);
  }
}

function keyOf(suite: string, test: string, trial: number): string {
  return JSON.stringify([suite, test, trial]);
}
