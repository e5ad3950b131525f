import type { Trial } from "../history/views/trial.js";
import { faultWindow, quietWindow } from "../history/views/windows.js";
import { probeDoubt } from "../timing/probe-quality.js";
import { faultDoubt } from "./fault-doubt.js";
import type { ConstraintResult, Verdict } from "./results.js";

export interface Judgement {
  verdict: Verdict;
  /** One sentence; empty when it passed. */
  reason: string;
}

/**
 * The verdict of a trial. A lab that was lost or a user who stopped says nothing about the cluster, so they come first; then what
 * makes the trial prove nothing at all (no proven fault, no probe load); then violations; then constraints that could not be judged.
 */
export function trialVerdict(trial: Trial, constraints: readonly ConstraintResult[]): Judgement {
  const { ended, labFailed } = trial;
  if (labFailed?.code === "interrupted") return { verdict: "interrupted", reason: labFailed.message };
  if (labFailed !== null) return { verdict: "error", reason: labFailed.message };
  if (ended?.status === "lost") return { verdict: "error", reason: ended.reason || "the lab was lost" };
  if (ended === null) return { verdict: "interrupted", reason: "the history ends in the middle of the trial" };
  if (ended.status === "interrupted") return { verdict: "interrupted", reason: ended.reason || "stopped by the user" };
  if (ended.status === "not-started") return { verdict: "invalid", reason: `not started: ${ended.reason}` };
  const unproven = whyUnproven(trial);
  if (unproven !== null) return { verdict: "invalid", reason: unproven };
  const failed = constraints.find((constraint) => constraint.verdict === "fail");
  if (failed !== undefined) return { verdict: "fail", reason: `${failed.id}: ${failed.finding}` };
  const unknown = constraints.find((constraint) => constraint.verdict === "unknown");
  if (unknown !== undefined) return { verdict: "invalid", reason: `${unknown.id} could not be judged: ${unknown.finding}` };
  if (trial.definition === null) return { verdict: "invalid", reason: "the history does not hold the cluster definition" };
  const judged = constraints.some((constraint) => constraint.verdict === "pass" || constraint.verdict === "expected");
  return judged ? { verdict: "pass", reason: "" } : { verdict: "invalid", reason: "no constraint was judged" };
}

/** Was the fault injected, read back, and did it last? True for a trial without one. */
export function isProven(trial: Trial): boolean {
  return faultDoubt(trial) === null;
}

/** The worst of several; without any, nothing is proven. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  // A violation that was found stands even if other trials prove nothing, so fail comes before invalid.
  const order: Verdict[] = ["interrupted", "error", "fail", "invalid", "pass"];
  return order.find((verdict) => verdicts.includes(verdict)) ?? "invalid";
}

function whyUnproven(trial: Trial): string | null {
  const unproven = faultDoubt(trial);
  if (unproven !== null) return `the fault is not proven: ${unproven.text}`;
  const doubt = probeDoubt(trial, faultWindow(trial) ?? quietWindow(trial));
  return doubt === null ? null : `probe load not proven: ${doubt}`;
}
