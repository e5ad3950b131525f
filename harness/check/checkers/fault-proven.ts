import type { Trial } from "../../history/views/trial.js";
import type { Checker } from "../checker.js";
import { cite, pass, skipped, unknown } from "../constraint.js";
import { faultDoubt } from "../fault-doubt.js";
import type { ConstraintResult } from "../results.js";

const named = { id: "fault", title: "Fault proven" };

/** A fault that did not bite proves nothing: the trial is invalid, never passed. */
export const faultProven: Checker = {
  ...named,
  summary: "The fault struck whom it was meant for, was read back from the real system after it was injected, and lasted until healing.",
  promises: [],
  check: (trial) => [judgeProof(trial)],
};

function judgeProof(trial: Trial): ConstraintResult {
  const { fault } = trial.started;
  const { proven } = trial.marks;
  if (fault === null) return skipped(named, "a trial without a fault");
  const doubt = faultDoubt(trial);
  if (doubt !== null) return unknown(named, doubt.reason, doubt.text, doubt.evidence);
  const evidence = proven?.evidence ?? [];
  return pass(
    named,
    evidence.join("; ") || `${fault.kind} was proven`,
    evidence.map((text) => cite(proven ?? trial.started, text)),
  );
}
