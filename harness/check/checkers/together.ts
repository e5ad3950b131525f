import type { ClusterDefinition, TogetherPromise } from "../../cluster/definition.js";
import { addressSpans, type AddressSpan } from "../../history/views/address-spans.js";
import { answered } from "../../history/views/serving.js";
import { placesOf, snapshotsOf, spansWhere } from "../../history/views/snapshots.js";
import type { Trial } from "../../history/views/trial.js";
import type { Probe } from "../../history/views/windows.js";
import type { Checker } from "../checker.js";
import { cite, duration, fail, pass, promisesOf, skipped, unknown, type Named } from "../constraint.js";
import { addressResource, isColocated } from "../crm-facts.js";
import { crmMonDoubt } from "../crm-mon-doubt.js";
import { SNAPSHOT_GRACE_US } from "../grace.js";
import type { ConstraintResult, Evidence } from "../results.js";

/** Netlink tells an address change after it happened and the line waits its turn on a busy host: tens of milliseconds were seen. */
const OBSERVER_LATENCY_US = 50_000;

/** From noting the power-off to the end of the node: cutting its NICs and killing it takes two calls of the engine. */
const POWER_CUT_US = 2_000_000;

/** C2: never on different nodes, and every answer comes from the node that holds the address. */
export const together: Checker = {
  id: "together",
  title: "Together",
  summary: "The resources run on one and the same node, and every HTTP answer comes from the node that holds the service address.",
  promises: ["together"],
  check: (trial, definition) =>
    promisesOf(definition, "together").map(({ named, promise }) => judgePromise(trial, definition, named, promise)),
};

function judgePromise(trial: Trial, definition: ClusterDefinition, named: Named, promise: TogetherPromise): ConstraintResult {
  if (trial.ended?.status === "not-started") return skipped(named, "the trial was not started");
  const apart = apartIn(trial, promise);
  if (apart.length > 0) {
    const colocated = isColocated(definition, promise.resources);
    const why = colocated ? "" : "; the crm configuration has no colocation of them";
    const finding = `${promise.resources.join(" and ")} were apart: ${apart[0]?.text ?? ""}${why}`;
    return fail(named, colocated ? "apart" : "no-colocation", finding, apart);
  }
  const answers = answersFromElsewhere(trial, definition, promise);
  if (answers.foreign.length > 0) {
    const first = answers.foreign[0];
    const finding = `${String(answers.foreign.length)} answers came from a node that did not hold ${definition.service.address}, the first from ${first?.servedBy ?? ""}`;
    const evidence = answers.foreign.slice(0, 5).map((probe) => cite(probe, `answer from ${probe.servedBy ?? ""}`));
    return fail(named, "answered-by-other", finding, evidence);
  }
  const blind = crmMonDoubt(trial);
  if (blind !== null) return unknown(named, "not-observed", blind);
  if (answers.unseen > 0) {
    return unknown(named, "holder-not-observed", `${String(answers.unseen)} answers came while the holder of the address was not observed`);
  }
  const judged = answers.judged > 0 ? `, and ${String(answers.judged)} answers came from the holder of ${definition.service.address}` : "";
  return pass(named, `${promise.resources.join(" and ")} were never on different nodes${judged}`);
}

function apartIn(trial: Trial, promise: TogetherPromise): Evidence[] {
  const spans = spansWhere(snapshotsOf(trial), (state) => {
    const places = promise.resources.map((id) => placesOf(state, id)).filter((nodes) => nodes.length > 0);
    return places.some((nodes) => nodes.join() !== places[0]?.join());
  });
  return spans.flatMap(({ observer, state, fromUs, toUs }) => {
    const lastedUs = toUs - Math.max(fromUs, trial.startUs);
    if (lastedUs <= SNAPSHOT_GRACE_US) return [];
    const places = promise.resources.map((id) => `${id} on ${placesOf(state, id).join(" and ") || "no node"}`);
    return [cite(state, `${places.join(", ")} for ${duration(lastedUs / 1000)} (crm_mon on ${observer})`)];
  });
}

/** Good answers from a node that held the address at no moment between sending and answer, give or take the observer's latency. */
function answersFromElsewhere(trial: Trial, definition: ClusterDefinition, promise: TogetherPromise) {
  const { address } = definition.service;
  const holder = addressResource(definition, address);
  const foreign: Probe[] = [];
  let [judged, unseen] = [0, 0];
  // The promise is about answers only when the resource that holds the address is one of those it names.
  if (holder === null || !promise.resources.includes(holder.id)) return { foreign, judged, unseen };
  const spans = addressSpans(trial, address);
  for (const probe of trial.probes.filter(answered)) {
    const own = spans.filter((span) => span.node === probe.servedBy);
    const around = own.filter((span) => touches(span, probe) || stillOn(span, probe, own));
    if (around.some((span) => span.holding === "held")) judged += 1;
    else if (around.length === 0 || around.some((span) => span.holding === "unknown")) unseen += 1;
    else foreign.push(probe);
  }
  return { foreign, judged, unseen };
}

/** Power is noted when the cord is pulled; a node that answers a moment later was not dark yet, and what it held before still counts. */
function stillOn(span: AddressSpan, probe: Probe, own: AddressSpan[]): boolean {
  return own.some(
    (next) => next.holding === "off" && next.fromUs === span.toUs && touches(next, probe) && probe.atUs - next.fromUs < POWER_CUT_US,
  );
}

function touches(span: AddressSpan, probe: Probe): boolean {
  return span.fromUs <= probe.endUs + OBSERVER_LATENCY_US && span.toUs >= probe.atUs - OBSERVER_LATENCY_US;
}
