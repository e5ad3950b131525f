import type { ClusterDefinition, PrefersPromise } from "../../cluster/definition.js";
import { servingsIn } from "../../history/views/serving.js";
import { serviceResource } from "../../cluster/resources.js";
import type { EventOf } from "../../history/event.js";
import { placesOf, snapshotsOf, spansWhere, statesAt, type Snapshot } from "../../history/views/snapshots.js";
import type { Trial } from "../../history/views/trial.js";
import { failbackWindow, quietWindow, type Window } from "../../history/views/windows.js";
import { probeDoubt } from "../../timing/probe-quality.js";
import type { Checker } from "../checker.js";
import { cite, fail, pass, promisesOf, skipped, unknown, type Named } from "../constraint.js";
import { snapshotGraceUs } from "../grace.js";
import type { ConstraintResult, Evidence } from "../results.js";
import { explainAway, explainPlace } from "../why-not-there.js";

/** C1: on the preferred node before the fault, and there again after the heal gate. */
export const prefers: Checker = {
  id: "prefers",
  title: "Preferred node",
  summary: "In the normal case the resources run on their preferred node and serve from there, and they are back on it after healing.",
  promises: ["prefers"],
  check: (trial, definition) =>
    promisesOf(definition, "prefers").map(({ named, promise }) => judgePromise(trial, definition, named, promise)),
};

function judgePromise(trial: Trial, definition: ClusterDefinition, named: Named, promise: PrefersPromise): ConstraintResult {
  if (trial.ended?.status === "not-started") return skipped(named, "the trial was not started");
  const snapshots = snapshotsOf(trial);
  const quiet = quietWindow(trial);
  const before = elsewhereIn(trial, promise, quiet);
  if (before === null) return unknown(named, "not-observed", "no node's crm_mon was seen before the fault");
  const serves = servesFrom(trial, definition, promise);
  const found = before.length > 0 ? before : serves ? answeredElsewhere(trial, promise, quiet) : [];
  if (found.length > 0) {
    const seen = statesAt(snapshots, quiet.toUs).map(({ state }) => state);
    const { reason, why } = explainPlace(definition, promise, seen);
    return fail(named, reason, `before the fault not everything ran on ${promise.node}: ${texts(found)}${why}`, found);
  }
  const doubt = serves ? probeDoubt(trial, quiet) : null;
  if (doubt !== null) return unknown(named, "probe-load", `who served before the fault is not known: ${doubt}`);
  return afterHealing(trial, definition, named, promise, snapshots);
}

function afterHealing(
  trial: Trial,
  definition: ClusterDefinition,
  named: Named,
  promise: PrefersPromise,
  snapshots: Snapshot[],
): ConstraintResult {
  const what = promise.resources.join(" and ");
  if (trial.marks.injecting === null) return pass(named, `${what} ran on ${promise.node} throughout`);
  if (trial.marks.healing === null || trial.ended === null) {
    return unknown(named, "not-observed", `${what} ran on ${promise.node} before the fault; healing was not observed`);
  }
  const after = elsewhereAt(snapshots, promise, trial.endUs);
  if (after === null) return unknown(named, "not-observed", "no node's crm_mon was seen after healing");
  if (after.length === 0 && servesFrom(trial, definition, promise)) after.push(...lastAnswerElsewhere(trial, promise));
  if (after.length === 0) return pass(named, `${what} ran on ${promise.node} before the fault and again after healing`);
  const seen = statesAt(snapshots, trial.endUs).map(({ state }) => state);
  const { reason, why } = explainAway(definition, promise, seen);
  return fail(named, reason, `after healing not everything was back on ${promise.node}: ${texts(after)}${why}`, after);
}

/** What the nodes saw elsewhere than on the preferred node, at the window's end or for more than a moment in it; null: nothing was seen. */
function elsewhereIn(trial: Trial, promise: PrefersPromise, window: Window): Evidence[] | null {
  const [snapshots, graceUs] = [snapshotsOf(trial), snapshotGraceUs(trial)];
  if (statesAt(snapshots, window.toUs).length === 0) return null;
  return spansWhere(snapshots, (state) => elsewhere(state, promise).length > 0)
    .filter(({ fromUs, toUs }) => fromUs <= window.toUs && toUs > window.fromUs)
    .filter(({ fromUs, toUs }) => toUs >= window.toUs || Math.min(toUs, window.toUs) - Math.max(fromUs, window.fromUs) > graceUs)
    .flatMap(({ state }) => elsewhere(state, promise));
}

function elsewhereAt(snapshots: Snapshot[], promise: PrefersPromise, atUs: number): Evidence[] | null {
  const states = statesAt(snapshots, atUs);
  return states.length === 0 ? null : states.flatMap(({ state }) => elsewhere(state, promise));
}

function elsewhere(state: EventOf<"cluster">, promise: PrefersPromise): Evidence[] {
  return promise.resources.flatMap((resource) => {
    const places = placesOf(state, resource);
    if (places.length === 1 && places[0] === promise.node) return [];
    return [cite(state, `${resource} ${places.length === 0 ? "not running" : `on ${places.join(" and ")}`} (crm_mon on ${state.node})`)];
  });
}

function answeredElsewhere(trial: Trial, promise: PrefersPromise, window: Window): Evidence[] {
  return servingsIn(trial, window)
    .filter((serving) => serving.node !== promise.node)
    .map((serving) => cite(serving.first, `answer from ${serving.node}`));
}

/** crm_mon may say that all is back while clients are still served by another node. */
function lastAnswerElsewhere(trial: Trial, promise: PrefersPromise): Evidence[] {
  const window = failbackWindow(trial);
  const last = window === null ? undefined : servingsIn(trial, window).at(-1);
  return last === undefined || last.node === promise.node ? [] : [cite(last.last, `last answer from ${last.node}`)];
}

/** Answers show the place of the service only when the promise is about the resources that give them. */
function servesFrom(trial: Trial, definition: ClusterDefinition, promise: PrefersPromise): boolean {
  return trial.probes.length > 0 && promise.resources.includes(serviceResource(definition)?.id ?? "");
}

function texts(found: { text: string }[]): string {
  return found.map((evidence) => evidence.text).join(", ");
}
