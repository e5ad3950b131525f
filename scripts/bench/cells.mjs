// What labs side by side do to what is measured: the same trials, with the same random waits, in more and more cells.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCode, ROOT } from "../setup/run-tool.mjs";

const CLI = join(ROOT, "dist/harness/cli/main.js");
/** The same for all, so that a trial waits as long before its fault in whichever lab. */
const SEED = "1";

/**
 * @typedef {import("../../harness/check/results.js").Results} Results
 * @typedef {{ cells: number, trials: number, wallMs: number, cpuShare: number, results: Results }} Measured
 * @typedef {{ cells: readonly number[], trials: number, test: string, failover: readonly number[] }} CellsOptions
 * `test`: of suites/failover. `failover`: with how many cells the whole suite is run.
 */

/**
 * The tables as they grow: one line for each run.
 * @param {CellsOptions} options
 * @param {(line: string) => void} tell
 */
export async function benchCells({ cells, trials, test, failover }, tell) {
  /** @type {Measured | null} */
  let alone = null;
  for (const count of cells) {
    const measured = await measure(count, trials, ["--filter", test, "--repeat", String(trials)]);
    alone ??= measured;
    if (measured === alone) for (const line of headLines(measured, test)) tell(line);
    for (const line of cellLines(measured, alone)) tell(line);
  }
  for (const count of failover) tell(failoverLine(await measure(count, 1, [])));
}

/**
 * @param {number} cells
 * @param {number} trials
 * @param {readonly string[]} more options of hachaos run
 * @returns {Promise<Measured>}
 */
async function measure(cells, trials, more) {
  const reports = mkdtempSync(join(tmpdir(), "hachaos-bench-"));
  try {
    const args = [CLI, "run", "suites/failover", "--cells", String(cells), "--seed", SEED, "--report-dir", reports, ...more];
    const [before, startedAt] = [cpuTimes(), performance.now()];
    // Its verdict is part of what is measured: too many cells make invalid trials.
    await exitCode(
      spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, CI: "1" }, stdio: ["ignore", process.stderr, process.stderr] }),
    );
    const [wallMs, after] = [performance.now() - startedAt, cpuTimes()];
    /** @type {unknown} */
    const parsed = JSON.parse(readFileSync(join(reports, "latest/results.json"), "utf8"));
    const results = /** @type {Results} */ (parsed);
    return { cells, trials, wallMs, cpuShare: (after.busy - before.busy) / (after.all - before.all), results };
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** Time that all cores were busy, and all time, since the machine started: first line of /proc/stat (proc(5)). */
function cpuTimes() {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // user nice system idle iowait irq softirq steal; guest times are part of user's.
  const times = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const all = times.reduce((sum, time) => sum + time, 0);
  return { all, busy: all - (times[3] ?? 0) - (times[4] ?? 0) };
}

/**
 * What a run's results say of the one test it had.
 * @param {Results} results
 */
export function figuresOf({ tests }) {
  const [test] = tests;
  const trials = test?.trials ?? [];
  const late = trials.flatMap(({ probes }) => probes.lateP99Ms ?? []).sort((a, b) => a - b);
  /** @type {[string, number | null][]} */
  const phases = Object.entries(test?.statistics?.phases ?? {}).map(([name, { median }]) => [name, median?.ms ?? null]);
  return {
    counted: test?.statistics?.gap.count ?? 0,
    gapMs: test?.statistics?.gap.median?.ms ?? null,
    phases: new Map(phases),
    // Of the trial in which the probes were latest: one such trial is enough to be invalid.
    lateMs: late.at(-1) ?? null,
    invalid: trials.filter(({ verdict }) => verdict !== "pass" && verdict !== "fail").length,
    failed: trials.filter(({ verdict }) => verdict === "fail").length,
  };
}

/**
 * @param {Measured} measured
 * @param {string} test
 */
function headLines({ trials }, test) {
  return [
    `${trials} trials of ${test} in N cells; medians, and how far they are from those of the first line`,
    row(["cells", "wall", "gap", "shift", "late p99", "invalid", "failed", "CPU"]),
  ];
}

/**
 * A line of figures, and below it the phases of failover and of failback.
 * @param {Measured} measured
 * @param {Measured} alone
 * @returns {string[]}
 */
export function cellLines(measured, alone) {
  const { cells, wallMs, cpuShare, results } = measured;
  const [figures, base] = [figuresOf(results), figuresOf(alone.results)];
  const phases = [...figures.phases]
    .filter(([name, ms]) => (ms ?? 0) > 0 || (base.phases.get(name) ?? 0) > 0)
    .map(([name, ms]) => `${name} ${seconds(ms)} (${shift(ms, base.phases.get(name) ?? null)})`);
  const isFailback = (/** @type {string} */ phase) => phase.startsWith("failback: ");
  return [
    row([
      String(cells),
      seconds(wallMs),
      seconds(figures.gapMs),
      shift(figures.gapMs, base.gapMs),
      figures.lateMs === null ? "-" : `${figures.lateMs.toFixed(1)} ms`,
      String(figures.invalid),
      String(figures.failed),
      `${(cpuShare * 100).toFixed(0)} %`,
    ]),
    ...[phases.filter((phase) => !isFailback(phase)), phases.filter(isFailback)].map((each) => `        ${each.join(", ")}`),
  ];
}

/** @param {Measured} measured */
export function failoverLine({ cells, wallMs, results }) {
  const trials = results.tests.flatMap(({ name, trials: own }) => own.map(({ startMs, endMs }) => ({ name, ms: endMs - startMs })));
  const longest = trials.reduce((a, b) => (b.ms > a.ms ? b : a), { name: "", ms: 0 });
  const ratio = (wallMs / longest.ms).toFixed(2);
  return `suites/failover in ${cells} cells: ${seconds(wallMs)}, ${ratio} x its longest scenario (${longest.name}, ${seconds(longest.ms)}); ${results.verdict}`;
}

/** @param {readonly string[]} columns */
function row(columns) {
  return columns.map((column) => column.padStart(9)).join(" ");
}

/** @param {number | null} ms @param {number | null} from */
function shift(ms, from) {
  if (ms === null || from === null || from === 0) return "-";
  const percent = ((ms - from) / from) * 100;
  return `${percent >= 0 ? "+" : ""}${percent.toFixed(1)} %`;
}

/** @param {number | null} ms */
function seconds(ms) {
  return ms === null ? "-" : `${(ms / 1000).toFixed(2)} s`;
}
