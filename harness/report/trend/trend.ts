import type { Results, TestResult, Verdict } from "../../check/results.js";
import { differencesBetween, type Changed } from "../../check/run-differences.js";
import { changePoints } from "../../timing/change-points.js";
import { statisticsOf } from "../../timing/statistics.js";
import { ATTENTION } from "../words.js";

/** The history of every test over the stored runs: what `hachaos trend --json` prints. Times in ms. */
export interface Trend {
  schema: "hachaos/trend@1";
  tests: TestTrend[];
  /** Stored runs that could not be read. */
  unreadable: { id: string; why: string }[];
}

export interface TestTrend {
  suite: string;
  name: string;
  /** Oldest first; only runs that hold the test. */
  runs: RunPoint[];
  /** Where the medians changed their level. */
  changes: LevelChange[];
}

export interface RunPoint {
  id: string;
  startedAt: string;
  verdict: Verdict;
  budgetMs: number;
  /** Null: no trial measured a gap (`count` 0), or the service did not come back in half of them. */
  medianMs: number | null;
  /** Trials that measured a gap, those without an end among them. */
  count: number;
  trials: { trial: number; verdict: Verdict; minMs: number; maxMs: number | null }[];
  /** What differs from the run before in this list. */
  changed: Changed[];
}

export interface LevelChange {
  /** First run of the new level. */
  run: string;
  startedAt: string;
  beforeMs: number | null;
  afterMs: number | null;
  p: number;
}

/** Joins stored results, oldest first, into a series for each test; `filter` is a part of its name. Pure. */
export function trendOf(runs: readonly Results[], unreadable: Trend["unreadable"] = [], filter = ""): Trend {
  const series = new Map<string, { suite: string; name: string; found: { run: Results["run"]; test: TestResult }[] }>();
  for (const { run, tests } of runs) {
    for (const test of tests.filter(({ name }) => name.includes(filter))) {
      const key = JSON.stringify([test.suite, test.name]);
      const known = series.get(key) ?? { suite: test.suite, name: test.name, found: [] };
      known.found.push({ run, test });
      series.set(key, known);
    }
  }
  const tests = [...series.values()].map(({ suite, name, found }): TestTrend => {
    const points = found.map(({ run, test }, index) => runPoint(run, test, found[index - 1]?.run ?? null));
    return { suite, name, runs: points, changes: levelChanges(points) };
  });
  return { schema: "hachaos/trend@1", tests: tests.sort(byAttention), unreadable };
}

function runPoint(run: Results["run"], test: TestResult, before: Results["run"] | null): RunPoint {
  // Only a trial that was carried out and proven measured something; its verdict may well be a failure.
  const measured = test.trials.filter(({ verdict }) => verdict === "pass" || verdict === "fail");
  const trials = measured.flatMap(({ trial, verdict, gap }) =>
    gap === null ? [] : [{ trial, verdict, minMs: gap.minMs, maxMs: gap.maxMs }],
  );
  const { count, median } = statisticsOf(trials.map(({ minMs, maxMs }) => (maxMs === null ? null : (minMs + maxMs) / 2)));
  return {
    id: run.id,
    startedAt: run.startedAt,
    verdict: test.verdict,
    budgetMs: Math.max(0, ...test.trials.map((trial) => trial.budgetMs)),
    medianMs: median?.ms ?? null,
    count,
    trials,
    changed: before === null ? [] : differencesBetween(before, run),
  };
}

/** By the medians, one value for each run: trials of one night share its machine and its luck, so they are no independent samples. */
function levelChanges(points: readonly RunPoint[]): LevelChange[] {
  const known = points.filter(({ count }) => count > 0);
  const found = changePoints(known.map(({ medianMs }) => medianMs));
  return found.flatMap(({ index, p }, at) => {
    const first = known[index];
    if (first === undefined) return [];
    const level = (from: number, to: number) => statisticsOf(known.slice(from, to).map(({ medianMs }) => medianMs)).median?.ms ?? null;
    const beforeMs = level(found[at - 1]?.index ?? 0, index);
    return [{ run: first.id, startedAt: first.startedAt, beforeMs, afterMs: level(index, found[at + 1]?.index ?? known.length), p }];
  });
}

/** What failed last comes first, then what changed last, then the rest by name. */
function byAttention(a: TestTrend, b: TestTrend): number {
  const verdict = (test: TestTrend) => ATTENTION.indexOf(test.runs.at(-1)?.verdict ?? "pass");
  const changed = (test: TestTrend) => Date.parse(test.changes.at(-1)?.startedAt ?? "1970-01-01");
  const [left, right] = [`${a.suite} ${a.name}`, `${b.suite} ${b.name}`];
  return verdict(a) - verdict(b) || changed(b) - changed(a) || (left < right ? -1 : 1);
}
