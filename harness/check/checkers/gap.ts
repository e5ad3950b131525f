import type { ClusterDefinition } from "../../cluster/definition.js";
import { quietWindow, faultWindow } from "../../history/views/windows.js";
import type { Trial } from "../../history/views/trial.js";
import { faultGapOf, quietGapOf, type Gap, type Spell } from "../../timing/gap.js";
import { probeDoubt } from "../../timing/probe-quality.js";
import type { Checker } from "../checker.js";
import { cite, duration, fail, pass, skipped, unknown } from "../constraint.js";
import type { Explanation } from "../explanation.js";
import { spellEvidence, spellsText } from "../spell-evidence.js";
import type { ConstraintResult } from "../results.js";
import { explainDark } from "../why-not-moved.js";

/** What the run calls steady: so long without a failed request (run/conductor.ts, STEADY_MS). */
const STEADY_US = 3_000_000;

const named = { id: "gap", title: "Gap within its budget" };

/** How long clients got no answer, against the trial's budget; without a fault not a single request may fail. */
export const gap: Checker = {
  ...named,
  summary: "The service was dark no longer than the budget, in one piece and in all; without a fault it was never dark.",
  promises: [],
  check: (trial, definition) => [judgeGap(trial, definition)],
};

function judgeGap(trial: Trial, definition: ClusterDefinition): ConstraintResult {
  if (trial.ended?.status === "not-started") return skipped(named, "the trial was not started");
  const quiet = quietGapOf(trial);
  if (quiet !== null && quiet.spells.length > 0) {
    return fail(named, "dark-without-fault", `without any fault ${spellsText(quiet)}`, quiet.spells.flatMap(spellEvidence));
  }
  const window = faultWindow(trial);
  if (window === null && trial.started.fault !== null) return unknown(named, "not-injected", "the fault was never injected");
  if (window !== null && trial.marks.observed === null) return unknown(named, "not-watched", "the fault was not watched to its end");
  const doubt = probeDoubt(trial, quietWindow(trial)) ?? probeDoubt(trial, window ?? quietWindow(trial));
  const measured = faultGapOf(trial);
  if (doubt !== null || measured === null) return unknown(named, "probe-load", doubt ?? "no HTTP probes were sent");
  return againstBudget(trial, definition, measured);
}

/** The service came back, but it never answered so long without a miss that it could count as back. */
function lastUnsteady({ marks }: Trial, { spells }: Gap): Spell | null {
  const { observed } = marks;
  const last = spells.at(-1);
  if (observed === null || observed.settled || last === undefined) return null;
  return last.lastFailure.endUs > observed.atUs - STEADY_US ? last : null;
}

/** Where a promise names this fault, its own result says why. */
function explain(trial: Trial, definition: ClusterDefinition): Explanation {
  const promised = definition.promises.some((promise) => promise.kind === "survives" && promise.fault === trial.started.fault?.kind);
  return promised ? { reason: "never-recovered", why: "" } : explainDark(trial, definition);
}

function againstBudget(trial: Trial, definition: ClusterDefinition, measured: Gap): ConstraintResult {
  const { ms } = trial.started.budget;
  const evidence = measured.spells.flatMap(spellEvidence);
  if (!Number.isFinite(ms)) return unknown(named, "no-budget", "the history does not say what the budget is");
  if (measured.spells.length === 0) return pass(named, `no request failed (budget ${duration(ms)})`);
  if (measured.maxMs === null || measured.totalMaxMs === null) {
    const { injecting } = trial.marks;
    const { reason, why } = explain(trial, definition);
    return fail(named, reason, `the service never came back while the fault lasted: ${spellsText(measured)}${why}`, [
      ...evidence,
      ...(injecting === null ? [] : [cite(injecting, "the fault")]),
    ]);
  }
  const finding = spellsText(measured, ms);
  if (measured.maxMs > ms) return fail(named, "over-budget", finding, evidence);
  if (measured.totalMaxMs > ms) return fail(named, "over-budget-in-all", finding, evidence);
  const restless = lastUnsteady(trial, measured);
  if (restless !== null) {
    return fail(named, "not-steady", `requests still failed when the watching ended: ${finding}`, spellEvidence(restless));
  }
  return pass(named, finding, evidence);
}
