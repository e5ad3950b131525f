import type { ClusterDefinition, SingleOwnerPromise } from "../../cluster/definition.js";
import { addressSpans, type AddressSpan } from "../../history/views/address-spans.js";
import { placesOf, snapshotsOf, spansWhere } from "../../history/views/snapshots.js";
import type { Trial } from "../../history/views/trial.js";
import { lagUs, SOURCE_ERROR_US } from "../../timing/source-errors.js";
import type { Checker } from "../checker.js";
import { cite, duration, fail, pass, promisesOf, skipped, unknown, type Named } from "../constraint.js";
import { addressResource } from "../crm-facts.js";
import { snapshotGraceUs } from "../grace.js";
import { isRejoining } from "../rejoining.js";
import type { ConstraintResult, Evidence } from "../results.js";

/** A shorter overlap is none: a real handover without a break lasts longer by far (stop, then start through the DC). */
const RESOLUTION_US = 5_000;

/** S: the address is never on two nodes at once. */
export const singleOwner: Checker = {
  id: "single-owner",
  title: "Single owner",
  summary: `The address is never on two nodes at once (resolution ${String(RESOLUTION_US / 1000)} ms), nor does crm_mon show its resource on two.`,
  promises: ["single-owner"],
  anyFaults: true,
  check: (trial, definition) =>
    promisesOf(definition, "single-owner").map(({ named, promise }) => judgePromise(trial, definition, named, promise)),
};

function judgePromise(trial: Trial, definition: ClusterDefinition, named: Named, promise: SingleOwnerPromise): ConstraintResult {
  if (trial.ended?.status === "not-started") return skipped(named, "the trial was not started");
  const spans = addressSpans(trial, promise.address)
    .map((span) => ({ ...span, fromUs: Math.max(span.fromUs, trial.startUs) }))
    .filter((span) => span.toUs > span.fromUs);
  const overlaps = overlapsOf(
    trial,
    spans.filter((span) => span.holding === "held"),
  );
  const twice = [...twiceInCluster(trial, definition, promise), ...claimedByEach(trial, definition, promise)];
  const proven = overlaps.filter(({ us, errorUs }) => us > errorUs);
  if (proven.length > 0 || twice.length > 0) {
    const evidence = [...proven.flatMap((overlap) => overlap.evidence), ...twice];
    const worst = Math.max(0, ...proven.map(({ us }) => us));
    const how = proven.length > 0 ? `on two nodes at once for ${duration(worst / 1000)}` : "on two nodes at once by crm_mon";
    return fail(named, "two-owners", `${promise.address} was ${how}`, evidence);
  }
  const [blurred] = overlaps;
  if (blurred !== undefined) {
    const text = `${promise.address} was told on two nodes at once for ${duration(blurred.us / 1000)}, but the observer may have been late ${duration(blurred.errorUs / 1000)}`;
    return unknown(named, "observer-late", text, blurred.evidence);
  }
  const blind = spans.find((span) => span.holding === "unknown");
  if (spans.length === 0) return unknown(named, "not-observed", `nobody watched who held ${promise.address}`);
  if (blind !== undefined) {
    const text = `whether ${blind.node} held ${promise.address} was not observed for ${duration((blind.toUs - blind.fromUs) / 1000)}`;
    return unknown(named, "not-observed", text, blind.event === null ? [] : [cite(blind.event, "from here on not observed")]);
  }
  const held = spans.filter((span) => span.holding === "held").sort((a, b) => a.fromUs - b.fromUs);
  const owners = held.map((span) => span.node).filter((node, index, all) => node !== all[index - 1]);
  return pass(
    named,
    `${promise.address} never had two owners (${owners.length === 0 ? "nobody held it" : `held by ${owners.join(", then ")}`})`,
  );
}

interface Overlap {
  us: number;
  /** So much of it may be the observer's lateness: whether a shorter overlap was one cannot be told. */
  errorUs: number;
  evidence: Evidence[];
}

/** Two nodes' observers stamp their events on one clock, but each only when it is scheduled: that an address is gone may be told late. */
function overlapsOf({ events }: Trial, held: AddressSpan[]): Overlap[] {
  return held.flatMap((one, index) =>
    held.slice(index + 1).flatMap((other) => {
      const fromUs = Math.max(one.fromUs, other.fromUs);
      const toUs = Math.min(one.toUs, other.toUs);
      if (one.node === other.node || toUs - fromUs <= RESOLUTION_US) return [];
      const evidence = [one, other].flatMap((span) => (span.event === null ? [] : [cite(span.event, `address on ${span.node}`)]));
      const first = one.toUs < other.toUs ? one : other;
      const errorUs = SOURCE_ERROR_US.notified + lagUs(events, first.node, first.toUs);
      return [{ us: toUs - fromUs, errorUs, evidence: evidence.sort((a, b) => a.atMs - b.atMs) }];
    }),
  );
}

function twiceInCluster(trial: Trial, definition: ClusterDefinition, promise: SingleOwnerPromise): Evidence[] {
  const resource = addressResource(definition, promise.address);
  if (resource === null || resource.cloned) return [];
  return snapshotsOf(trial)
    .map(({ state }) => ({ state, places: placesOf(state, resource.id).filter((node) => !isRejoining(trial, node, state.atUs)) }))
    .filter(({ places }) => places.length > 1)
    .map(({ state, places }) => cite(state, `${resource.id} on ${places.join(" and ")} (crm_mon on ${state.node})`));
}

/** Nodes that have lost each other: each one's own crm_mon shows the resource on itself. */
function claimedByEach(trial: Trial, definition: ClusterDefinition, promise: SingleOwnerPromise): Evidence[] {
  const resource = addressResource(definition, promise.address);
  if (resource === null || resource.cloned) return [];
  // A view may be a poll of crm_mon old, and on a busy host a poll takes two seconds; two that differ for longer are two clusters.
  const staleUs = 2 * snapshotGraceUs(trial);
  const claims = spansWhere(snapshotsOf(trial), (state) => placesOf(state, resource.id).includes(state.node));
  return claims.flatMap((one, index) =>
    claims.slice(index + 1).flatMap((other) => {
      const lastedUs = Math.min(one.toUs, other.toUs) - Math.max(one.fromUs, other.fromUs, trial.startUs);
      if (one.observer === other.observer || lastedUs <= staleUs) return [];
      return [one, other].map(({ state }) =>
        cite(state, `${resource.id} on ${state.node} by its own crm_mon, for ${duration(lastedUs / 1000)} together with the other`),
      );
    }),
  );
}
