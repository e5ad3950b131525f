import type { Trial } from "../../history/views/trial.js";
import type { Checker } from "../checker.js";
import { leftOver } from "../left-over.js";
import { cite, duration, fail, pass, skipped, unknown } from "../constraint.js";
import type { ConstraintResult } from "../results.js";

const named = { id: "healed-clean", title: "Healed clean" };

/** The undo is proven and the heal gate found everything back to normal. */
export const healedClean: Checker = {
  ...named,
  summary: "The undo of the fault was read back from the real system, and everything was back to normal before the next trial.",
  promises: [],
  anyFaults: true,
  check: (trial) => [judgeHealing(trial)],
};

function judgeHealing(trial: Trial): ConstraintResult {
  const { started, marks } = trial;
  const { injecting, healing, healed, notHealed } = marks;
  // What was asked before healing says nothing about it.
  const gate = marks.gate !== null && marks.gate.atUs >= (healing?.atUs ?? 0) ? marks.gate : null;
  if (notHealed !== null)
    return fail(named, "not-healed", `the fault was not undone: ${notHealed.message}`, [cite(notHealed, notHealed.message)]);
  if (gate !== null && (!gate.passed || gate.missing.length > 0)) {
    const finding = `not back to normal after ${duration(gate.waitedMs)}: ${gate.missing.join("; ") || "the gate did not say what is missing"}`;
    return fail(
      named,
      "gate-not-passed",
      finding,
      gate.missing.map((text) => cite(gate, text)),
    );
  }
  if (started.fault !== null && injecting === null) return skipped(named, "the fault was never injected");
  if (started.fault !== null && healed === null) return unknown(named, "not-observed", "nothing proves that the fault was undone");
  if (gate === null) return unknown(named, "not-observed", "the heal gate was not reached");
  const left = leftOver(trial);
  if (left.length > 0) {
    const finding = `the heal gate opened, but not everything was back to normal: ${left.map(({ text }) => text).join("; ")}`;
    return fail(named, "not-normal", finding, left);
  }
  if (started.fault === null) return pass(named, "everything was normal at the end");
  return pass(
    named,
    `everything was back to normal ${duration(gate.waitedMs)} after healing`,
    (healed?.evidence ?? []).map((text) => cite(healed ?? gate, text)),
  );
}
