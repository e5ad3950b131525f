import { HachaosError } from "../kernel/errors.js";
import { adjustForMany } from "../timing/compare/adjust-for-many.js";
import { leastPossibleP, rankTest } from "../timing/compare/rank-test.js";
import { shiftBetween, type Shift } from "../timing/compare/shift.js";
import { statisticsOf, type Sample, type SampleStatistics } from "../timing/statistics.js";
import type { Comparison, ComparisonRow, Difference } from "./comparison.js";
import type { Results, TrialResult } from "./results.js";
import { differencesBetween } from "./run-differences.js";
import { gapTimes, leftOutOf, phaseNames, phaseTimes, type Times } from "./samples.js";

/** Accepted share of false alarms among the rows that are called slower or faster (Benjamini and Hochberg's false discovery rate). */
export const FALSE_ALARMS = 0.05;
/** A median that moves by less than this share of itself interests nobody, however sure it is. */
const NOISE_SHARE = 0.05;
/** Two times closer than twice what one can be told with are the same. */
const NOISE_RESOLUTIONS = 2;

/**
 * Compares a run with one before it, or with several that were run in the same way, whose trials are then pooled. Pure.
 * Throws `usage` when the pooled runs differ from one another in more than chance.
 */
export function compareRuns(baselines: readonly Results[], current: Results): Comparison {
  const pool = [...baselines].sort((a, b) => (a.run.startedAt < b.run.startedAt ? -1 : 1));
  const newest = pool.at(-1);
  if (newest === undefined) throw new HachaosError("usage", "no run to compare with", { hint: "hachaos compare <baseline> <run>" });
  refuseMixture(pool);
  const before = testsOf(pool);
  const after = testsOf([current]);
  const shared = [...after.values()].flatMap((test) => {
    const same = before.get(test.key);
    return same === undefined ? [] : [{ before: same, after: test }];
  });
  return {
    schema: "hachaos/comparison@1",
    baseline: { ...headOf(newest), ...(pool.length > 1 && { runs: pool.map(({ run }) => run.id) }) },
    current: headOf(current),
    falseAlarms: FALSE_ALARMS,
    changed: [...differencesBetween(newest.run, current.run), ...shared.flatMap(changedFault)],
    rows: verdicts(shared.flatMap(measure)),
    leftOut: { baseline: [...before.values()].flatMap(leftOutIn), current: [...after.values()].flatMap(leftOutIn) },
    onlyIn: { baseline: onlyIn(before, after), current: onlyIn(after, before) },
  };
}

/** The trials of one test, from one run or several. */
interface ComparedTest {
  key: string;
  suite: string;
  name: string;
  runs: { id: string; trials: TrialResult[] }[];
}

interface Measured {
  suite: string;
  test: string;
  baseline: Times;
  current: Times;
  noiseFloorMs: number;
}

/** Throws `usage` when several baselines were not run in the same way: their trials are then no sample of one thing. */
export function refuseMixture(pool: readonly Results[]): void {
  const [one] = pool;
  for (const other of pool) {
    const [first] = one === undefined ? [] : differencesBetween(one.run, other.run);
    if (one === undefined || first === undefined) continue;
    throw new HachaosError("usage", `the runs ${one.run.id} and ${other.run.id} cannot be pooled: ${first.what} differs`, {
      hint: "compare with one of them",
    });
  }
}

function testsOf(runs: readonly Results[]): Map<string, ComparedTest> {
  const tests = new Map<string, ComparedTest>();
  for (const { run, tests: found } of runs) {
    for (const { suite, name, trials } of found) {
      const key = JSON.stringify([suite, name]);
      const test = tests.get(key) ?? { key, suite, name, runs: [] };
      test.runs.push({ id: run.id, trials });
      tests.set(key, test);
    }
  }
  return tests;
}

const trialsOf = (test: ComparedTest): TrialResult[] => test.runs.flatMap((run) => run.trials);
const headOf = ({ run }: Results) => ({ id: run.id, startedAt: run.startedAt });

/** The same name for another fault, or another schedule of probes, is another test. */
function changedFault({ before, after }: { before: ComparedTest; after: ComparedTest }): Comparison["changed"] {
  const what = `${after.suite} › ${after.name}`;
  const of = (test: ComparedTest) => trialsOf(test)[0];
  const fault = (test: ComparedTest) => JSON.stringify(of(test)?.fault ?? null);
  const probes = (test: ComparedTest) => `every ${String(of(test)?.probes.periodMs ?? 0)} ms`;
  return [
    ...(fault(before) === fault(after) ? [] : [{ what, from: fault(before), to: fault(after) }]),
    ...(probes(before) === probes(after) ? [] : [{ what: `${what}, probes`, from: probes(before), to: probes(after) }]),
  ];
}

function measure({ before, after }: { before: ComparedTest; after: ComparedTest }): Measured[] {
  const both = [...trialsOf(before), ...trialsOf(after)];
  const timesOf: ((trials: readonly TrialResult[]) => Times)[] = [
    (trials) => gapTimes(trials, "gap"),
    (trials) => gapTimes(trials, "failback"),
    ...phaseNames(both, "gap").map((name) => (trials: readonly TrialResult[]) => phaseTimes(trials, "gap", name, both)),
  ];
  return timesOf.flatMap((of) => {
    const [baseline, current] = [of(trialsOf(before)), of(trialsOf(after))];
    // Without a fault nothing is healed and there is no failback. A gap has its row even if nothing was measured.
    if (current.what !== "gap" && baseline.ms.length + current.ms.length === 0) return [];
    const parts = before.runs.map((run) => of(run.trials).ms);
    return [{ suite: after.suite, test: after.name, baseline, current, noiseFloorMs: noiseFloor(baseline, current, parts) }];
  });
}

/** What two runs differ by that are the same: by what they are measured with, by size, and by what the baseline's own runs show. */
function noiseFloor(baseline: Times, current: Times, parts: readonly Sample[]): number {
  const medianOf = (sample: Sample) => statisticsOf(sample).median?.ms ?? null;
  const medians = parts.map(medianOf).filter((ms) => ms !== null);
  const spread = medians.length < 2 ? 0 : Math.max(...medians) - Math.min(...medians);
  const resolution = Math.max(baseline.resolutionMs, current.resolutionMs);
  return Math.max(NOISE_RESOLUTIONS * resolution, NOISE_SHARE * (medianOf(baseline.ms) ?? 0), spread);
}

/** All rows at once: how sure one is depends on how many there are. */
function verdicts(rows: readonly Measured[]): ComparisonRow[] {
  const tested = rows.map((row) => ({ ...row, test: testOf(row), name: row.test }));
  // A row that could not show a difference whatever its order (its times are all the same) must not make the others harder to believe.
  const family = tested.filter(({ test }) => test !== null && test.leastP <= FALSE_ALARMS);
  const adjusted = adjustForMany(family.map(({ test }) => test?.p ?? 1));
  return tested.map((row) => {
    const { baseline, current, test } = row;
    const place = family.indexOf(row);
    const adjustedP = test === null ? null : place < 0 ? test.p : (adjusted[place] ?? 1);
    const stats = { baseline: statisticsOf(baseline.ms), current: statisticsOf(current.ms) };
    const shift = baseline.ms.length > 0 && current.ms.length > 0 ? shiftBetween(ranks(baseline.ms), ranks(current.ms)) : null;
    return {
      suite: row.suite,
      test: row.name,
      what: current.what,
      phase: current.phase,
      verdict: adjustedP === null || shift === null ? "too few runs" : difference(adjustedP, shift, row.noiseFloorMs, stats),
      shiftMs: shown(shift?.ms),
      lowMs: shown(shift?.lowMs),
      highMs: shown(shift?.highMs),
      level: shift?.level ?? 0,
      p: test?.p ?? null,
      adjustedP,
      noiseFloorMs: row.noiseFloorMs,
      ...stats,
      baselineMs: [...baseline.ms],
      currentMs: [...current.ms],
    };
  });
}

/** Null: with so few trials no outcome could have been told from chance. */
function testOf({ baseline, current }: Measured): ReturnType<typeof rankTest> | null {
  const [a, b] = [ranks(baseline.ms), ranks(current.ms)];
  return a.length === 0 || b.length === 0 || leastPossibleP(a.length, b.length) > FALSE_ALARMS ? null : rankTest(a, b);
}

function difference(
  adjustedP: number,
  shift: Shift,
  noiseMs: number,
  { baseline, current }: { baseline: SampleStatistics; current: SampleStatistics },
): Difference {
  if (adjustedP > FALSE_ALARMS) {
    return shift.lowMs >= -noiseMs && shift.highMs <= noiseMs ? "within noise" : "no difference seen";
  }
  if (Math.abs(shift.ms) > noiseMs) return shift.ms > 0 ? "slower" : "faster";
  // The middle has not moved, but more (or fewer) trials never end, which is beyond any noise.
  const endless = current.censored * baseline.count - baseline.censored * current.count;
  if (endless === 0) return "within noise";
  return endless > 0 ? "slower" : "faster";
}

function leftOutIn(test: ComparedTest): Comparison["leftOut"]["current"] {
  return test.runs.flatMap((run) => leftOutOf(run.trials).map((left) => ({ ...left, run: run.id, suite: test.suite, test: test.name })));
}

function onlyIn(some: Map<string, ComparedTest>, others: Map<string, ComparedTest>): string[] {
  return [...some.values()].filter(({ key }) => !others.has(key)).map(({ suite, name }) => `${suite} › ${name}`);
}

const ranks = (sample: Sample): number[] => sample.map((ms) => ms ?? Infinity);

function shown(ms: number | undefined): number | null {
  return ms !== undefined && Number.isFinite(ms) ? ms : null;
}
