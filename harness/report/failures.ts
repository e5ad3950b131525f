import type { ConstraintResult, Results, TrialResult, Verdict } from "../check/results.js";
import { gapLength } from "./gap-length.js";
import { hintFor } from "./hints.js";
import type { TestModel } from "./model.js";
import { ATTENTION, endless, gapText, limit, moment, plural } from "./words.js";

/** One way in which a test or a lab went wrong: what broke against which number, where, what shows it, and what to do next. */
export interface Failure {
  /** Test id in the page; null when a whole lab failed. */
  testId: string | null;
  verdict: Verdict;
  where: string;
  /** Numbers of the trials that went wrong in this way, and the one with the longest gap, which the rest is told of. */
  trials: number[];
  worstTrial: number | null;
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
    trials: [],
    worstTrial: null,
    findings: [{ what: error.code, text: error.message }],
    numbers: null,
    evidence: null,
    hint: error.hint,
  }));
  const trials = tests.flatMap((test) => alike(test.trials).map((group) => testFailure(test, group)));
  return [...labs, ...trials.sort((a, b) => ATTENTION.indexOf(a.verdict) - ATTENTION.indexOf(b.verdict))];
}

/** Trials that did not pass, together when they broke the same promises for the same reasons: a hundred repetitions are one story. */
function alike(trials: readonly TrialResult[]): TrialResult[][] {
  const groups = new Map<string, TrialResult[]>();
  for (const trial of trials) {
    if (trial.verdict === "pass") continue;
    const key = [trial.verdict, ...violatedIn(trial).map(({ id, reason }) => `${id} ${reason ?? ""}`)].join("\n");
    const group = groups.get(key);
    if (group) group.push(trial);
    else groups.set(key, [trial]);
  }
  return [...groups.values()];
}

function testFailure(test: TestModel, trials: readonly TrialResult[]): Failure {
  const trial = trials.reduce((worst, each) => (gapLength(each) > gapLength(worst) ? each : worst));
  const violated = violatedIn(trial);
  const findings = violated.map((constraint) => ({ what: constraint.id, text: constraint.finding }));
  const shown = violated.flatMap((constraint) => constraint.evidence)[0];
  return {
    testId: test.id,
    verdict: trial.verdict,
    where: placeOf(test, trials),
    trials: trials.map((each) => each.trial),
    worstTrial: trial.trial,
    findings: findings.length > 0 ? findings : [{ what: trial.verdict, text: trial.reason }],
    numbers:
      trial.gap === null
        ? null
        : `gap ${gapText(trial.gap)}${endless(trial.gap) ? ", never came back" : ""}; budget ${limit(trial.budgetMs)}`,
    evidence: shown ? `${moment(shown.atMs - (trial.faultMs ?? trial.startMs))}${shown.node ? ` ${shown.node}` : ""}: ${shown.text}` : null,
    hint: hintFor(violated[0]?.reason ?? trial.verdict),
  };
}

/** A constraint with a reason explains; one without (the gap itself) only measures. */
function violatedIn(trial: TrialResult): ConstraintResult[] {
  return trial.constraints
    .filter((constraint) => constraint.verdict === "fail")
    .sort((a, b) => Number(a.reason === null) - Number(b.reason === null));
}

/** `suites/failover › apache-kill`, with the trial's number or how many trials when there are several. */
function placeOf(test: TestModel, trials: readonly TrialResult[]): string {
  const which =
    test.trials.length === 1
      ? ""
      : trials.length === 1
        ? ` (trial ${trials[0]?.trial ?? "?"})`
        : ` (${trials.length} of ${plural(test.trials.length, "trial")})`;
  return `${test.suite} › ${test.name}${which}`;
}
