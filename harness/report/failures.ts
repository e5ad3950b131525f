import type { Results, TestResult, TrialResult } from "../check/results.js";
import { hintFor } from "./hints.js";
import type { TestModel } from "./model.js";
import { gapText, limit, seconds } from "./words.js";

/** One thing that went wrong: what broke against which number, where, what shows it, and what to do next. */
export interface Failure {
  /** Test id in the page; null when a whole lab failed. */
  testId: string | null;
  where: string;
  /** Checker id or error code. */
  what: string;
  finding: string;
  numbers: string | null;
  evidence: string | null;
  hint: string;
}

/** Every failure of the run, worst first: lost labs, then violated constraints, then trials that prove nothing. */
export function failuresOf(results: Results, tests: readonly TestModel[]): Failure[] {
  const labs = results.errors.map((error): Failure => ({
    testId: null, where: error.suite, what: error.code, finding: error.message, numbers: null, evidence: null, hint: error.hint,
  }));
  return [...labs, ...tests.flatMap((test) => test.trials.flatMap((trial) => trialFailures(test, trial)))];
}

function trialFailures(test: TestModel, trial: TrialResult): Failure[] {
  if (trial.verdict === "pass") return [];
  const where = placeOf(test, trial);
  const violated = trial.constraints.filter((constraint) => constraint.verdict === "fail" || (constraint.verdict === "unknown" && trial.verdict !== "fail"));
  const failures = violated.map((constraint): Failure => {
    const [first] = constraint.evidence;
    return {
      testId: test.id, where, what: constraint.id, finding: constraint.finding, numbers: numbersOf(trial),
      evidence: first ? `${seconds(first.atMs)}${first.node ? ` ${first.node}` : ""}: ${first.text}` : null,
      hint: hintFor(constraint.reason),
    };
  });
  if (failures.length > 0) return failures;
  return [{ testId: test.id, where, what: trial.verdict, finding: trial.reason, numbers: null, evidence: null, hint: hintFor(trial.verdict) }];
}

/** `suites/failover › apache-kill`, with the trial's number when there are several. */
export function placeOf(test: Pick<TestResult, "suite" | "name" | "trials">, trial: TrialResult): string {
  return `${test.suite} › ${test.name}${test.trials.length > 1 ? ` (trial ${trial.trial})` : ""}`;
}

function numbersOf(trial: TrialResult): string | null {
  return trial.fault === null ? null : `gap ${gapText(trial.gap)}, budget ${limit(trial.budgetMs)}`;
}
