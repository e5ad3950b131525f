import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCodeOf } from "../check/exit-code.js";
import { judge } from "../check/judge.js";
import { checkerIds } from "../check/registry.js";
import type { Results } from "../check/results.js";
import type { ClusterDefinition } from "../cluster/definition.js";
import { DEFINITION_FILE, loadDefinition } from "../cluster/load-definition.js";
import { FAULTS } from "../fault/registry.js";
import type { HistoryEvent } from "../history/event.js";
import { openHistory, type HistoryWriter } from "../history/history-writer.js";
import { readHistory, type History } from "../history/read-history.js";
import { createRun, type RunFolder } from "../history/run-store.js";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { providerOf } from "../lab/providers.js";
import { scenariosOf, type Scenario } from "../run/scenario.js";
import { followHistory } from "./follow-history.js";
import { labNameFor } from "./lab-name.js";
import { hostLoad, recordRunStart } from "./record-run-start.js";
import type { RunLink } from "./run-link.js";
import { runByVitest } from "./run-by-vitest.js";
import { suiteFolders } from "./suite-folders.js";

export interface RunSuitesOptions {
  /** Folders with a cluster.yaml, or with such folders. */
  suites: string[];
  provider: string;
  repeat: number;
  seed?: number;
  filter?: string;
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
  const suites = await checkAll(options);
  const run = createRun(options.reportDir);
  const history = openHistory(run.history);
  recordRunStart(history, { runId: run.id, provider: options.provider, seed: options.seed ?? randomInt(2 ** 31) });
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
    for (const { folder, file } of suites) {
      if (options.signal.aborted) break;
      const link = linkTo(folder, run, history.baseUs, options);
      await runByVitest(file, link).catch((error: unknown) => cleanAfter(error, link, history, options));
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
  history.write({ type: "lab-failed", lab: link.labName, code, message, hint });
  if (!link.keep) await providerOf(link.provider).remove?.(link.labName);
}

/** One line of a plan: what a run would do. */
export interface PlannedTest {
  suite: string;
  scenario: Scenario;
}

/** What a run would do, without a lab. */
export async function planSuites(options: Pick<RunSuitesOptions, "suites" | "provider" | "filter">): Promise<PlannedTest[]> {
  const suites = await checkAll(options);
  const folder = mkdtempSync(join(tmpdir(), "hachaos-plan-"));
  const planFile = join(folder, "plan.ndjson");
  try {
    for (const suite of suites) {
      const nowhere = { runId: "plan", historyFile: "", nodesFolder: "", baseUs: 0, labName: "plan", repeat: 1, keep: false };
      await runByVitest(suite.file, {
        ...nowhere,
        folder: suite.folder,
        provider: options.provider,
        filter: options.filter ?? "",
        planFile,
      });
    }
    const lines = existsSync(planFile) ? readFileSync(planFile, "utf8").split("\n").filter(Boolean) : [];
    return lines.map((line) => JSON.parse(line) as PlannedTest);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface SuiteFile {
  folder: string;
  file: string;
}

async function checkAll(options: Pick<RunSuitesOptions, "suites" | "provider">): Promise<SuiteFile[]> {
  providerOf(options.provider);
  const suites = (await Promise.all(options.suites.map(suiteFolders))).flat();
  const found: SuiteFile[] = [];
  for (const suite of suites) {
    // By the name that was typed, which is the one messages should have.
    const definition = await loadDefinition(suite, { faultKinds: Object.keys(FAULTS), checkerIds });
    const folder = resolve(suite);
    found.push(...(await suiteFiles(suite, definition)).map((file) => ({ folder, file: resolve(file) })));
  }
  return found;
}

/** The folder's own suite files, else the standard one, which runs the tests of the definition. */
async function suiteFiles(folder: string, definition: ClusterDefinition): Promise<string[]> {
  const own = (await readdir(folder)).filter((name) => name.endsWith(".suite.ts")).sort();
  const [first] = own;
  if (first === undefined) {
    // A fault's parameters are known to the fault alone: it refuses wrong ones.
    scenariosOf(definition);
    return [fileURLToPath(new URL("standard.suite.js", import.meta.url))];
  }
  if (definition.tests === undefined) return own.map((name) => join(folder, name));
  throw new HachaosError("definition-invalid", `${folder} has tests in ${DEFINITION_FILE} and in ${first}`, {
    hint: "keep them in one of the two",
  });
}

function linkTo(folder: string, run: RunFolder, baseUs: number, options: RunSuitesOptions): RunLink {
  const { provider, repeat, keep, filter = "" } = options;
  const stored = { runId: run.id, historyFile: run.history, nodesFolder: join(run.dir, "nodes"), baseUs };
  return { ...stored, folder, provider, repeat, keep, filter, labName: labNameFor(folder, run.id), planFile: null };
}

function interrupt(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // It ended meanwhile.
  }
}
