import type { ConstraintResult, TrialResult } from "../results.js";
import { judge } from "../judge.js";
import type { Run } from "../../history/testing/scenarios.js";

/** The first trial of a built history, judged. */
export function judged(run: Run): TrialResult {
  const trial = judge(run.history()).tests[0]?.trials[0];
  if (trial === undefined) throw new Error("the history has no trial");
  return trial;
}

/** One of its constraints. */
export function constraint(run: Run, id: string): ConstraintResult {
  const found = judged(run).constraints.find((one) => one.id === id);
  if (found === undefined) throw new Error(`nothing judged ${id}`);
  return found;
}

/** Verdict and reason, the two that tests compare most. */
export function short(run: Run, id: string): [verdict: string, reason: string | null] {
  const { verdict, reason } = constraint(run, id);
  return [verdict, reason];
}
