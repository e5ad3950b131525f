import type { ClusterDefinition } from "../../cluster/definition.js";
import { isFencingDevice } from "../../cluster/fencing.js";
import { addressSpans } from "../../history/views/address-spans.js";
import { servingsIn } from "../../history/views/serving.js";
import { placesOf, snapshotsOf } from "../../history/views/snapshots.js";
import type { Trial } from "../../history/views/trial.js";
import { failbackWindow, faultWindow, quietWindow, type Window } from "../../history/views/windows.js";
import { probeDoubt } from "../../timing/probe-quality.js";
import type { Checker } from "../checker.js";
import { cite, fail, pass, skipped, unknown } from "../constraint.js";
import { crmMonDoubt } from "../crm-mon-doubt.js";
import { isRejoining } from "../rejoining.js";
import type { ConstraintResult, Evidence } from "../results.js";

const named = { id: "unexpected-move", title: "No unexpected move" };

/** Something seen on one node after another: the service by its answers, the address, a resource in one node's crm_mon. */
interface Path {
  what: string;
  stops: { node: string; evidence: Evidence }[];
}

/** Nothing moves that need not, and what must move does so once. */
export const unexpectedMove: Checker = {
  ...named,
  summary:
    "Where the same node must go on serving nothing moves at all; where another must take over, everything moves once, and back once.",
  promises: [],
  check: (trial, definition) => [judgeMoves(trial, definition)],
};

function judgeMoves(trial: Trial, definition: ClusterDefinition): ConstraintResult {
  if (trial.ended?.status === "not-started") return skipped(named, "the trial was not started");
  const fault = faultWindow(trial);
  if (trial.started.fault !== null && fault === null) return skipped(named, "the fault was never injected");
  const same = trial.started.expect.servedBy === "same";
  const windows = same ? [{ fromUs: trial.startUs, toUs: trial.endUs }] : [quietWindow(trial), fault, failbackWindow(trial)];
  const allowed = same ? [0] : [0, 1, 1];
  for (const [index, window] of windows.entries()) {
    if (window === null) continue;
    const restless = pathsIn(trial, definition, window).filter((path) => path.stops.length - 1 > (allowed[index] ?? 0));
    if (restless.length > 0) return moved(restless, same || index === 0);
  }
  return judgeEnd(trial, definition, fault ?? quietWindow(trial));
}

function moved(paths: Path[], none: boolean): ConstraintResult {
  const text = paths.map((path) => `${path.what}: ${path.stops.map((stop) => stop.node).join(" → ")}`).join("; ");
  const evidence = paths.flatMap((path) => path.stops.map((stop) => stop.evidence));
  return none
    ? fail(named, "moved", `moved without need: ${text}`, evidence)
    : fail(named, "flapping", `moved more than once: ${text}`, evidence);
}

function judgeEnd(trial: Trial, definition: ClusterDefinition, window: Window): ConstraintResult {
  const doubt = probeDoubt(trial, window);
  if (doubt !== null) return unknown(named, "probe-load", doubt);
  const blind = crmMonDoubt(trial);
  if (blind !== null) return unknown(named, "not-observed", blind);
  if (trial.started.expect.servedBy === "same")
    return pass(named, `nothing moved${trial.servedBefore === null ? "" : ` away from ${trial.servedBefore}`}`);
  const { servedBefore, servedAfter } = trial;
  if (servedAfter !== null && servedAfter !== servedBefore) {
    return pass(named, `one move, from ${servedBefore ?? "an unknown node"} to ${servedAfter}`);
  }
  const finding =
    servedAfter === null ? "nobody served at the end of the fault" : `${servedAfter} served before and at the end of the fault`;
  // Where a promise names this fault, its own result says that and why.
  const promise = definition.promises.find((other) => other.kind === "survives" && other.fault === trial.started.fault?.kind);
  if (promise !== undefined) return pass(named, `nothing moved twice; ${finding}, which ${promise.id} judges`);
  const { injecting } = trial.marks;
  return fail(
    named,
    "not-moved",
    `another node had to take over, but ${finding}`,
    injecting === null ? [] : [cite(injecting, "the fault")],
  );
}

/** All paths of a window, each beginning where things were when it opened. */
function pathsIn(trial: Trial, definition: ClusterDefinition, window: Window): Path[] {
  return [answersPath(trial, window), addressPath(trial, definition, window), ...resourcePaths(trial, definition, window)];
}

function answersPath(trial: Trial, window: Window): Path {
  const stops = servingsIn(trial, window).map((serving) => ({
    node: serving.node,
    evidence: cite(serving.first, `answer from ${serving.node}`),
  }));
  return { what: "answers", stops };
}

function addressPath(trial: Trial, definition: ClusterDefinition, window: Window): Path {
  const { address } = definition.service;
  const held = addressSpans(trial, address)
    .filter((span) => span.holding === "held" && span.toUs > window.fromUs && span.fromUs < window.toUs)
    .sort((a, b) => a.fromUs - b.fromUs);
  const stops = held.flatMap((span) =>
    span.event === null ? [] : [{ node: span.node, evidence: cite(span.event, `${address} on ${span.node}`) }],
  );
  return { what: address, stops: withoutRepeats(stops) };
}

function resourcePaths(trial: Trial, definition: ClusterDefinition, window: Window): Path[] {
  const snapshots = snapshotsOf(trial).filter((snapshot) => snapshot.toUs > window.fromUs && snapshot.fromUs < window.toUs);
  const resources = definition.pacemaker.crm.resources.filter((resource) => !resource.cloned && !isFencingDevice(resource));
  const observers = [...new Set(snapshots.map((snapshot) => snapshot.observer))];
  return observers.flatMap((observer) =>
    resources.map(({ id }) => {
      const stops = snapshots
        .filter((snapshot) => snapshot.observer === observer)
        .flatMap(({ state }) =>
          placesOf(state, id)
            .filter((node) => !isRejoining(trial, node, state.atUs))
            .map((node) => ({ node, evidence: cite(state, `${id} on ${node} (crm_mon on ${observer})`) })),
        );
      return { what: `${id} (crm_mon on ${observer})`, stops: withoutRepeats(stops) };
    }),
  );
}

function withoutRepeats(stops: Path["stops"]): Path["stops"] {
  return stops.filter((stop, index) => stop.node !== stops[index - 1]?.node);
}
