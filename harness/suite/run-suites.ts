import { randomInt } from "node:crypto";
import { join } from "node:path";
import { exitCodeOf } from "../check/exit-code.js";
import { judge } from "../check/judge.js";
import type { Results } from "../check/results.js";
import type { HistoryEvent } from "../history/event.js";
import { openHistory, type HistoryWriter } from "../history/history-writer.js";
import { readHistory, type History } from "../history/read-history.js";
import { createRun, type RunFolder } from "../history/run-store.js";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { providerOf } from "../lab/providers.js";
import { followHistory } from "./follow-history.js";
import { labNameFor } from "./lab-name.js";
import { hostLoad, recordRunStart } from "./record-run-start.js";
import type { RunLink } from "./run-link.js";
import type { ShardPart } from "./plan-shard.js";
import { runByVitest } from "./run-by-vitest.js";
import { suiteFiles, type SuiteFile } from "./suite-files.js";

export interface RunSuitesOptions {
  /** Folders with a cluster.yaml, or with such folders. */
  suites: string[];
  provider: string;
  repeat: number;
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
 * Runs suites one after the other and judges the history they left. Every definition is checked before the first
 * lab is built: bad input throws and leaves nothing behind.
 */
export async function runSuites(options: RunSuitesOptions): Promise<SuitesOutcome> {
  const suites = (await suiteFiles(options)).filter((suite) => options.part?.testsIn(suite).length !== 0);
  const run = createRun(options.reportDir);
  const history = openHistory(run.history);
  const { provider, seed = randomInt(2 ** 31), part } = options;
  recordRunStart(history, { runId: run.id, provider, seed, shard: part?.facts });
  const workers = new Set<number>();
  const stopFollowing = followHistory(run.history, (event) => {
    if (event.type === "suite-started" && event.pid !== undefined) {
      workers.add(event.pid);
      // It was still loading when the signal came.
      if (options.signal.aborted) interrupt(event.pid);
    }
    if (event.type === "suite-ended") workers.clear();
    options.onEvent(event);
  });
  // A signal sent to us alone must reach the process that holds the lab.
  options.signal.addEventListener("abort", () => {
    for (const pid of workers) interrupt(pid);
  });
  try {
    for (const suite of suites) {
      if (options.signal.aborted) break;
      const link = linkTo(suite, run, history.baseUs, { ...options, seed });
      await runByVitest(suite.file, link).catch((error: unknown) => cleanAfter(error, link, history, options));
    }
  } finally {
    stopFollowing();
    history.write({ type: "run-ended", load1: hostLoad(), interrupted: options.signal.aborted });
    history.close();
  }
  const stored = readHistory(run.history);
  const results = judge(stored);
  return { run, history: stored, results, exitCode: exitCodeOf(results) };
}

/**
 * The process that holds the lab broke. Before it had a lab, that is the suite file's fault and thrown on, unless it was
 * ended by the same Ctrl-C; else the history tells of it, and its lab is removed from here.
 */
async function cleanAfter(error: unknown, link: RunLink, history: HistoryWriter, options: RunSuitesOptions): Promise<void> {
  const held = readHistory(link.historyFile).events.some((event) => event.type === "suite-started" && event.lab === link.labName);
  if (!held && !options.signal.aborted) throw error;
  if (!held) return;
  const { code, message, hint } = new HachaosError("lab-lost", `the process that held the lab ended: ${messageOf(error)}`);
  try {
    history.write({ type: "lab-failed", lab: link.labName, code, message, hint });
  } finally {
    // Without an engine it stays, which the lab's own failure told already: hachaos down --all removes it later.
    if (!link.keep)
      await providerOf(link.provider)
        .remove?.(link.labName)
        .catch(() => undefined);
  }
}

function linkTo(suite: SuiteFile, run: RunFolder, baseUs: number, options: RunSuitesOptions & { seed: number }): RunLink {
  const { provider, repeat, seed, keep, filter = "" } = options;
  const tests = options.part?.testsIn(suite) ?? null;
  const { folder } = suite;
  const stored = { runId: run.id, historyFile: run.history, nodesFolder: join(run.dir, "nodes"), baseUs };
  return { ...stored, folder, provider, repeat, seed, keep, filter, tests, labName: labNameFor(folder, run.id), planFile: null };
}

function interrupt(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // It ended meanwhile.
  }
}
