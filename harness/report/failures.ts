import type { Results, TestResult, TrialResult, Verdict } from "../check/results.js";
import { hintFor } from "./hints.js";
import type { TestModel } from "./model.js";
import { ATTENTION, endless, gapText, limit, moment } from "./words.js";

/** One trial or lab that went wrong: what broke against which number, where, what shows it, and what to do next. */
export interface Failure {
  /** Test id in the page; null when a whole lab failed. */
  testId: string | null;
  verdict: Verdict;
  where: string;
  /** Checker id or error code with its sentence; the first is the one that explains most. */
  findings: { what: string; text: string }[];
  numbers: string | null;
  evidence: string | null;
  hint: string;
}

/** Every failure of the run, worst first: lost labs, then violated promises, then trials that prove nothing. */
export function failuresOf(results: Results, tests: readonly TestModel[]): Failure[] {
  const labs = results.errors.map((error): Failure => ({
    testId: null,
    verdict: "error",
    where: error.suite,
    findings: [{ what: error.code, text: error.message }],
    numbers: null,
    evidence: null,
    hint: error.hint,
  }));
  const trials = tests.flatMap((test) => test.trials.filter((trial) => trial.verdict !== "pass").map((trial) => trialFailure(test, trial)));
  return [...labs, ...trials.sort((a, b) => ATTENTION.indexOf(a.verdict) - ATTENTION.indexOf(b.verdict))];
}

function trialFailure(test: TestModel, trial: TrialResult): Failure {
  // A constraint with a reason explains; one without (the gap itself) only measures.
  const violated = trial.constraints
    .filter((constraint) => constraint.verdict === "fail")
    .sort((a, b) => Number(a.reason === null) - Number(b.reason === null));
  const findings = violated.map((constraint) => ({ what: constraint.id, text: constraint.finding }));
  const shown = violated.flatMap((constraint) => constraint.evidence)[0];
  return {
    testId: test.id,
    verdict: trial.verdict,
    where: placeOf(test, trial),
    findings: findings.length > 0 ? findings : [{ what: trial.verdict, text: trial.reason }],
    numbers:
      trial.gap === null
        ? null
        : `gap ${gapText(trial.gap)}${endless(trial.gap) ? ", never came back" : ""}; budget ${limit(trial.budgetMs)}`,
    evidence: shown ? `${moment(shown.atMs - (trial.faultMs ?? trial.startMs))}${shown.node ? ` ${shown.node}` : ""}: ${shown.text}` : null,
    hint: hintFor(violated[0]?.reason ?? trial.verdict),
  };
}

/** `suites/failover › apache-kill`, with the trial's number when there are several. */
export function placeOf(test: Pick<TestResult, "suite" | "name" | "trials">, trial: TrialResult): string {
  return `${test.suite} › ${test.name}${test.trials.length > 1 ? ` (trial ${trial.trial})` : ""}`;
}
