import type { Results, TrialResult, Verdict } from "../check/results.js";
import type { HistoryEvent } from "../history/event.js";
import { drawnTrials } from "./drawn-trials.js";
import { failuresOf, type Failure } from "./failures.js";
import { gapLength } from "./gap-length.js";
import { rerunCommand } from "./rerun.js";
import { trialScopes } from "./trial-scope.js";
import { trialView, type TrialView } from "./trial-view.js";

/** What every report format is made from. Times on an axis are ms relative to the fault. */
export interface ReportModel {
  results: Results;
  runFolder: string;
  counts: Record<Verdict, number>;
  /** The longest dark time of the run that was measured; null when there was none. */
  worst: { test: TestModel; trial: TrialResult } | null;
  rerun: string;
  durationMs: number | null;
  tests: TestModel[];
  failures: Failure[];
}

export interface TestModel {
  /** Stable and unique in the page: the deep link. Never holds `--`, which leads to one of its trials: `<id>--3`. */
  id: string;
  suite: string;
  name: string;
  verdict: Verdict;
  trials: TrialResult[];
  /** The trial that stands for the test: worst verdict, then longest gap. */
  shown: TrialResult | null;
  /** Trials drawn in detail, the one that needs most attention first. */
  views: TrialView[];
}

/** Joins the verdicts with the history they were judged from. Pure; the history may be cut short or empty. */
export function reportModel(results: Results, events: readonly HistoryEvent[], runFolder = "."): ReportModel {
  const scopeOf = trialScopes(events);
  const ids = new Set<string>();
  const tests = results.tests.map((test): TestModel => {
    const id = unique(`test-${slug(test.suite)}-${slug(test.name)}`, ids);
    const drawn = drawnTrials(test.trials);
    const views = drawn.map((trial) => trialView(`${id}--${trial.trial}`, trial, scopeOf(test, trial)));
    return { id, suite: test.suite, name: test.name, verdict: test.verdict, trials: test.trials, shown: drawn[0] ?? null, views };
  });
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, invalid: 0, error: 0, interrupted: 0 };
  for (const test of tests) counts[test.verdict]++;
  const { startedAt, endedAt } = results.run;
  return {
    results,
    runFolder,
    counts,
    tests,
    worst: worstOf(tests),
    rerun: rerunCommand(results),
    durationMs: endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt),
    failures: failuresOf(results, tests),
  };
}

function worstOf(tests: TestModel[]): ReportModel["worst"] {
  const measured = tests.flatMap((test) => test.trials.filter((trial) => gapLength(trial) > 0).map((trial) => ({ test, trial })));
  return measured.sort((a, b) => gapLength(b.trial) - gapLength(a.trial))[0] ?? null;
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
