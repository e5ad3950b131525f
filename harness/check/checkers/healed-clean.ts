import type { Trial } from "../../history/views/trial.js";
import type { Checker } from "../checker.js";
import { cite, duration, fail, pass, skipped, unknown } from "../constraint.js";
import type { ConstraintResult } from "../results.js";

const named = { id: "healed-clean", title: "Healed clean" };

/** The undo is proven and the heal gate found everything back to normal. */
export const healedClean: Checker = {
  ...named,
  summary: "The undo of the fault was read back from the real system, and everything was back to normal before the next trial.",
  promises: [],
  check: (trial) => [judgeHealing(trial)],
};

function judgeHealing({ started, marks }: Trial): ConstraintResult {
  const { injecting, healed, notHealed, gate } = marks;
  if (notHealed !== null)
    return fail(named, "not-healed", `the fault was not undone: ${notHealed.message}`, [cite(notHealed, notHealed.message)]);
  if (gate !== null && !gate.passed) {
    const finding = `not back to normal after ${duration(gate.waitedMs)}: ${gate.missing.join("; ") || "the gate did not say what is missing"}`;
    return fail(
      named,
      "gate-not-passed",
      finding,
      gate.missing.map((text) => cite(gate, text)),
    );
  }
  if (started.fault === null && gate === null) return skipped(named, "a trial without a fault");
  if (started.fault !== null && injecting === null) return skipped(named, "the fault was never injected");
  if (started.fault !== null && healed === null) return unknown(named, "not-observed", "nothing proves that the fault was undone");
  if (gate === null) return unknown(named, "not-observed", "the heal gate was not reached");
  return pass(
    named,
    `everything was back to normal ${duration(gate.waitedMs)} after healing`,
    (healed?.evidence ?? []).map((text) => cite(healed ?? gate, text)),
  );
}
