import type { Comparison } from "../check/comparison.js";
import type { Results, TestResult, TrialResult, Verdict } from "../check/results.js";
import type { HistoryEvent } from "../history/event.js";
import { drawnTrials } from "./drawn-trials.js";
import { failuresOf, type Failure } from "./failures.js";
import { gapLength } from "./gap-length.js";
import { rerunCommand } from "./rerun.js";
import { trialScopes } from "./trial-scope.js";
import { trialView, type TrialView } from "./trial-view.js";
import { ATTENTION } from "./words.js";

/** What every report format is made from. Times on an axis are ms relative to the fault. */
export interface ReportModel {
  results: Results;
  runFolder: string;
  counts: Record<Verdict, number>;
  /** The longest dark time of the run that was measured; null when there was none. */
  worst: { test: TestModel; trial: TrialResult } | null;
  rerun: string;
  durationMs: number | null;
  /** In the order they ran. */
  tests: TestModel[];
  /** The same, worst first: by verdict, then by how much of its budget the longest gap took. */
  ranked: TestModel[];
  failures: Failure[];
  /** Against an earlier run; null when none was given. */
  comparison: Comparison | null;
}

export interface TestModel {
  /** Stable and unique in the page: the deep link. Never holds `--`, which leads to one of its trials: `<id>--3`. */
  id: string;
  suite: string;
  name: string;
  verdict: Verdict;
  trials: TrialResult[];
  /** Over all trials that measured something; null in runs stored before there were any. */
  statistics: TestResult["statistics"] | null;
  /** The trial that stands for the test: worst verdict, then longest gap. */
  shown: TrialResult | null;
  /** Trials worth drawing in detail, the one that needs most attention first, and those of them for which there was room in the report. */
  drawn: TrialResult[];
  views: TrialView[];
}

/** Trials of a run that are joined with their histories at most. */
const MOST_VIEWS = 100;

/** Joins the verdicts with the history they were judged from. Pure; the history may be cut short or empty. */
export function reportModel(
  results: Results,
  events: readonly HistoryEvent[],
  runFolder = ".",
  comparison: Comparison | null = null,
): ReportModel {
  const ids = new Set<string>();
  const tests = results.tests.map((test): TestModel => {
    const id = unique(`test-${slug(test.suite)}-${slug(test.name)}`, ids);
    const drawn = drawnTrials(test.trials);
    return { id, ...test, statistics: test.statistics ?? null, shown: drawn[0] ?? null, drawn, views: [] };
  });
  const ranked = [...tests].sort(worstFirst);
  addViews(ranked, events);
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, invalid: 0, error: 0, interrupted: 0 };
  for (const test of tests) counts[test.verdict]++;
  const { startedAt, endedAt } = results.run;
  return {
    results,
    runFolder,
    counts,
    tests,
    ranked,
    worst: worstOf(tests),
    rerun: rerunCommand(results),
    durationMs: endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt),
    failures: failuresOf(results, tests),
    comparison,
  };
}

/**
 * Joins trials with their histories: the first choice of each test, worst test first, then the second choices, until there are enough.
 * One trial's drawing takes some 50 to 100 KB, so more would not fit into a page that opens at once.
 */
function addViews(ranked: readonly TestModel[], events: readonly HistoryEvent[]): void {
  const scopeOf = trialScopes(events);
  let left = MOST_VIEWS;
  for (let choice = 0; ranked.some((test) => choice < test.drawn.length) && left > 0; choice++)
    for (const test of ranked.filter((each) => choice < each.drawn.length).slice(0, left)) {
      const trial = test.drawn[choice];
      if (!trial) continue;
      test.views.push(trialView(`${test.id}--${trial.trial}`, trial, scopeOf(test, trial)));
      left--;
    }
}

function worstFirst(a: TestModel, b: TestModel): number {
  const share = shareOfBudget(b) - shareOfBudget(a);
  return ATTENTION.indexOf(a.verdict) - ATTENTION.indexOf(b.verdict) || (Number.isNaN(share) ? 0 : share);
}

function shareOfBudget(test: TestModel): number {
  return test.trials.reduce((most, trial) => Math.max(most, gapLength(trial) / Math.max(trial.budgetMs, 1)), 0);
}

function worstOf(tests: readonly TestModel[]): ReportModel["worst"] {
  let worst: ReportModel["worst"] = null;
  for (const test of tests)
    for (const trial of test.trials) if (gapLength(trial) > (worst === null ? 0 : gapLength(worst.trial))) worst = { test, trial };
  return worst;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function unique(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`;
  taken.add(id);
  return id;
}
