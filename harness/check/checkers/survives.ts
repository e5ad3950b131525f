import type { ClusterDefinition, SurvivesPromise } from "../../cluster/definition.js";
import { servingsIn } from "../../history/views/serving.js";
import type { Trial } from "../../history/views/trial.js";
import { faultWindow, type Window } from "../../history/views/windows.js";
import { faultGapOf } from "../../timing/gap.js";
import { probeDoubt } from "../../timing/probe-quality.js";
import type { Checker } from "../checker.js";
import { cite, duration, fail, pass, promisesOf, skipped, unknown, type Named } from "../constraint.js";
import type { ConstraintResult } from "../results.js";
import { spellEvidence } from "../spell-evidence.js";
import { explainDark, explainStay } from "../why-not-moved.js";

/** C3, C4: after the promise's fault another node serves in time. */
export const survives: Checker = {
  id: "survives",
  title: "Survives the fault",
  summary: "After the fault on the primary another node serves within the time, counted from the injection of the fault.",
  promises: ["survives"],
  check: (trial, definition) =>
    promisesOf(definition, "survives").map(({ named, promise }) => judgePromise(trial, definition, named, promise)),
};

function judgePromise(trial: Trial, definition: ClusterDefinition, named: Named, promise: SurvivesPromise): ConstraintResult {
  const { fault, expect } = trial.started;
  if (fault?.kind !== promise.fault) return skipped(named, `about ${promise.fault}, which this trial does not inject`);
  // A fault on the standby alone takes nothing from the service: there is nobody to take over from.
  if (expect.servedBy === "same") return skipped(named, "this trial expects the same node to go on serving");
  const window = faultWindow(trial);
  if (window === null || trial.marks.proven === null) return unknown(named, "fault-not-proven", "the fault is not proven");
  const doubt = probeDoubt(trial, window);
  if (doubt !== null) return unknown(named, "probe-load", doubt);
  if (trial.servedBefore === null) return unknown(named, "served-by-unknown", "no answer before the fault says which node served");
  return judgeServing(trial, definition, named, promise, window);
}

function judgeServing(
  trial: Trial,
  definition: ClusterDefinition,
  named: Named,
  promise: SurvivesPromise,
  window: Window,
): ConstraintResult {
  const before = trial.servedBefore ?? "";
  const other = servingsIn(trial, window).find((serving) => serving.node !== before);
  const spells = faultGapOf(trial)?.spells ?? [];
  if (trial.servedAfter === null) {
    const { reason, why } = explainDark(trial, definition);
    const evidence = spells.slice(-1).flatMap(spellEvidence);
    return fail(
      named,
      reason,
      `nobody served at the end, ${duration((window.toUs - window.fromUs) / 1000)} after the fault${why}`,
      evidence,
    );
  }
  if (other === undefined || trial.servedAfter === before) {
    const { reason, why } = explainStay(trial, definition, spells.length > 0);
    const flapped = other === undefined ? "still" : "again";
    return fail(named, reason, `${before} ${flapped} serves at the end of the fault${why}`, spells.flatMap(spellEvidence));
  }
  const tookMs = (other.first.endUs - window.fromUs) / 1000;
  const { ms, slowerMs = 0 } = trial.started.budget;
  // A promise is made for quick processors.
  const limitMs = promise.withinMs === null ? ms : promise.withinMs + slowerMs;
  if (!Number.isFinite(limitMs)) return unknown(named, "no-budget", "the history does not say within what time");
  const evidence = [cite(other.first, `first answer from ${other.node}`)];
  const finding = `${other.node} serves ${duration(tookMs)} after the fault (within ${duration(limitMs)})`;
  return tookMs > limitMs ? fail(named, "too-late", finding, evidence) : pass(named, finding, evidence);
}
