import type { Checker } from "../checker.js";
import { cite, pass, skipped, unknown } from "../constraint.js";

const named = { id: "fault", title: "Fault proven" };

/** A fault that did not bite proves nothing: the trial is invalid, never passed. */
export const faultProven: Checker = {
  ...named,
  summary: "The fault was read back from the real system after it was injected.",
  promises: [],
  check: ({ started, marks }) => {
    if (started.fault === null) return [skipped(named, "a trial without a fault")];
    if (marks.notProven !== null) {
      return [unknown(named, "fault-not-proven", marks.notProven.message, [cite(marks.notProven, marks.notProven.message)])];
    }
    if (marks.injecting === null) return [unknown(named, "not-injected", `${started.fault.kind} was never injected`)];
    if (marks.proven === null) return [unknown(named, "fault-not-proven", `${started.fault.kind} was injected, but nothing proves it`)];
    const { proven } = marks;
    return [
      pass(
        named,
        proven.evidence.join("; ") || `${started.fault.kind} was proven`,
        proven.evidence.map((text) => cite(proven, text)),
      ),
    ];
  },
};
