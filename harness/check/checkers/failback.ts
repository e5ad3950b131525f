import { failbackWindow, type Window } from "../../history/views/windows.js";
import type { Trial } from "../../history/views/trial.js";
import { failbackGapOf, spellsIn } from "../../timing/gap.js";
import { probeDoubt } from "../../timing/probe-quality.js";
import type { Checker } from "../checker.js";
import { duration, fail, pass, skipped, unknown } from "../constraint.js";
import { spellEvidence, spellsText } from "../spell-evidence.js";
import type { ConstraintResult } from "../results.js";

const named = { id: "failback", title: "Failback within its budget" };

/** The second, short gap when the service moves back after healing, against its own budget. */
export const failback: Checker = {
  ...named,
  summary: "From the beginning of healing on, the service was dark no longer than the failback budget.",
  promises: [],
  check: (trial) => [judgeFailback(trial)],
};

function judgeFailback(trial: Trial): ConstraintResult {
  const window = failbackWindow(trial);
  if (trial.started.fault === null) return skipped(named, "a trial without a fault");
  if (trial.marks.injecting === null) return skipped(named, "the fault was never injected");
  if (window === null || trial.ended === null) return unknown(named, "not-observed", "healing was not observed to its end");
  const doubt = probeDoubt(trial, window);
  const measured = failbackGapOf(trial);
  if (doubt !== null || measured === null) return unknown(named, "probe-load", doubt ?? "no HTTP probes were sent");
  const { ms } = trial.started.failbackBudget;
  if (!Number.isFinite(ms)) return unknown(named, "no-budget", "the history does not say what the failback budget is");
  if (measured.spells.length === 0) return pass(named, `${sinceWhen(trial, window)} (budget ${duration(ms)})`);
  const evidence = measured.spells.flatMap(spellEvidence);
  const finding = `after healing ${spellsText(measured, ms)}`;
  if (measured.maxMs === null || measured.totalMaxMs === null) {
    return fail(named, "never-recovered", `after healing the service did not come back: ${spellsText(measured)}`, evidence);
  }
  if (measured.maxMs > ms) return fail(named, "over-budget", finding, evidence);
  if (measured.totalMaxMs > ms) return fail(named, "over-budget-in-all", finding, evidence);
  return pass(named, finding, evidence);
}

/** A service that was dark when healing began came back at some time: those failures are the fault's, and yet they are to be told. */
function sinceWhen(trial: Trial, window: Window): string {
  const carried = spellsIn(trial, window).find((spell) => spell.okBefore === null && spell.okAfter !== null);
  const answer = carried?.okAfter ?? null;
  if (answer === null) return "no request failed after healing";
  const backMs = (answer.endUs - window.fromUs) / 1000;
  return `the service, dark since the fault, answered ${duration(backMs)} after healing began, and no request failed from then on`;
}
