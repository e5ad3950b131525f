import type { ClusterDefinition, ExpectedViolation } from "../cluster/definition.js";
import type { Trial } from "../history/views/trial.js";
import type { ConstraintResult } from "./results.js";

/**
 * Turns violations that the definition wants found into `expected`, and their absence into a violation: a suite with expected
 * violations passes only while each is really there, for the reason given.
 */
export function applyExpected(definition: ClusterDefinition, trial: Trial, constraints: ConstraintResult[]): ConstraintResult[] {
  const hasFault = trial.started.fault !== null;
  return definition.expected
    .filter((expected) => expected.test === trial.test)
    .reduce((found, expected) => applyOne(found, expected, hasFault), constraints);
}

function applyOne(constraints: ConstraintResult[], expected: ExpectedViolation, hasFault: boolean): ConstraintResult[] {
  const found = constraints.filter((one) => one.verdict === "fail" && mayCatch(one, expected));
  const fits = expected.because === null || found.some((one) => one.reason === expected.because);
  const listed = constraints.map((one) => {
    if (expected.violates.includes(one.id)) return asExpected(one, expected, fits, hasFault);
    return one.verdict === "fail" && expected.mayViolate?.includes(one.id) ? asExpected(one, expected, fits, hasFault) : one;
  });
  const absent = expected.violates.filter((id) => !constraints.some((one) => one.id === id));
  return [...listed, ...absent.map((id) => notFound({ id, title: id }, expected, "it was not judged here", []))];
}

/** The catcher where one is named, else any of those that must be violated. */
function mayCatch({ id }: ConstraintResult, { violates, caughtBy }: ExpectedViolation): boolean {
  return caughtBy === undefined ? violates.includes(id) : id === caughtBy;
}

function asExpected(one: ConstraintResult, expected: ExpectedViolation, fits: boolean, hasFault: boolean): ConstraintResult {
  // What could not be judged was neither found nor missed.
  if (one.verdict === "unknown" || one.verdict === "expected") return one;
  if (one.verdict !== "fail") return notFound(one, expected, one.finding, one.evidence);
  // A dark time before the fault follows from nothing that the fault could show.
  const unrelated = hasFault && one.reason === "dark-without-fault" && expected.because !== one.reason;
  if (unrelated) return { ...one, finding: `${one.finding} (a violation was expected, but after the fault: ${expected.why})` };
  if (fits) return { ...one, verdict: "expected", finding: `${one.finding} (expected: ${expected.why})` };
  return { ...one, finding: `${one.finding} (a violation was expected, but because of ${expected.because ?? ""}: ${expected.why})` };
}

function notFound(
  named: { id: string; title: string },
  expected: ExpectedViolation,
  finding: string,
  evidence: ConstraintResult["evidence"],
): ConstraintResult {
  return {
    id: named.id,
    title: named.title,
    verdict: "fail",
    finding: `the expected violation was not found (${expected.why}): ${finding}`,
    reason: "expected-violation-not-found",
    evidence,
  };
}
