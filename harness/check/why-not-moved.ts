import type { ClusterDefinition, CrmResource } from "../cluster/definition.js";
import { serviceResource } from "../cluster/resources.js";
import { addressSpans } from "../history/views/address-spans.js";
import { placesOf, snapshotsOf, statesAt } from "../history/views/snapshots.js";
import { faultWindow } from "../history/views/windows.js";
import type { Trial } from "../history/views/trial.js";
import { addressResource, failuresUntilMove, hasGatewayRule, isMonitored, metaOf, pingedInstead } from "./crm-facts.js";
import type { Explanation } from "./explanation.js";

/** Why the service stayed dark, as far as the configuration or crm_mon tells. */
export function explainDark(trial: Trial, definition: ClusterDefinition): Explanation {
  const service = serviceResource(definition);
  if (hitsProcess(trial) && service !== null && !isMonitored(service)) {
    const why = `; ${service.id} has no recurring monitor (no op monitor with an interval), so nobody noticed`;
    return { reason: "no-recurring-monitor", why };
  }
  const lost = addressLost(trial, definition);
  if (lost !== null) return lost;
  const blocked = blockedAtEnd(trial);
  if (blocked.length > 0) return { reason: "resource-blocked", why: `; crm_mon shows ${blocked.join(", ")} blocked` };
  return gatewayUnheeded(trial, definition) ?? { reason: "never-recovered", why: "" };
}

/** Why the same node still serves; `dark`: its service was interrupted. */
export function explainStay(trial: Trial, definition: ClusterDefinition, dark: boolean): Explanation {
  const unheeded = gatewayUnheeded(trial, definition);
  if (unheeded !== null) return unheeded;
  const service = serviceResource(definition);
  if (hitsProcess(trial) && service !== null && (dark || hasFailCount(trial, service))) {
    const failures = failuresUntilMove(definition, service);
    const threshold = metaOf(definition, service, "migration-threshold");
    const set = threshold === null ? "no migration-threshold" : `migration-threshold=${threshold}`;
    const when = Number.isFinite(failures)
      ? `, so ${String(failures - 1)} failures are repaired in place`
      : ", so it was restarted in place";
    if (failures > 1) return { reason: "restarted-in-place", why: `; ${service.id} has ${set}${when}` };
  }
  return { reason: "not-moved", why: "" };
}

/** Why a silent gateway means nothing to the cluster; null: it does, or the trial is about something else. */
function gatewayUnheeded(trial: Trial, definition: ClusterDefinition): Explanation | null {
  if (!hitsGateway(trial)) return null;
  if (!hasGatewayRule(definition)) {
    const why = "; no location rule looks at the attribute of a ping resource, so the gateway does not matter to the cluster";
    return { reason: "no-gateway-rule", why };
  }
  const others = pingedInstead(definition);
  if (others.length === 0) return null;
  return { reason: "pings-elsewhere", why: `; what is pinged is ${others.join(" and ")}, not the gateway` };
}

/** The cluster takes the resource for started, and yet no node has its address. */
function addressLost(trial: Trial, definition: ClusterDefinition): Explanation | null {
  const { address } = definition.service;
  const resource = addressResource(definition, address);
  const atUs = faultWindow(trial)?.toUs ?? trial.endUs;
  const gone = addressSpans(trial, address)
    .filter((span) => span.fromUs < atUs && span.toUs >= atUs)
    .every((span) => span.holding === "absent" || span.holding === "off");
  const states = statesAt(snapshotsOf(trial), atUs);
  const started = states.flatMap(({ state }) => (resource === null ? [] : placesOf(state, resource.id)));
  if (resource === null || !gone || started.length === 0) return null;
  const what = `; ${address} is on no node, though crm_mon shows ${resource.id} on ${started[0] ?? ""}`;
  if (isMonitored(resource)) return { reason: "address-lost", why: what };
  const why = `${what}: ${resource.id} has no recurring monitor (no op monitor with an interval), so nobody noticed`;
  return { reason: "no-recurring-monitor", why };
}

function hitsProcess(trial: Trial): boolean {
  return (trial.marks.injecting?.drawing.processes.length ?? 0) > 0;
}

function hitsGateway(trial: Trial): boolean {
  return (trial.marks.injecting?.drawing.gatewayFrom.length ?? 0) > 0;
}

/** Pacemaker counted a failure of it: it noticed, though no probe did. */
function hasFailCount(trial: Trial, resource: CrmResource): boolean {
  const window = faultWindow(trial);
  const states = snapshotsOf(trial).filter(
    (snapshot) => window !== null && snapshot.fromUs > window.fromUs && snapshot.fromUs < window.toUs,
  );
  return states.some(({ state }) => state.failCounts.some((entry) => entry.resource === resource.id));
}

function blockedAtEnd(trial: Trial): string[] {
  const atUs = faultWindow(trial)?.toUs ?? trial.endUs;
  const states = statesAt(snapshotsOf(trial), atUs);
  return [...new Set(states.flatMap(({ state }) => state.resources.filter((entry) => entry.blocked).map((entry) => entry.id)))];
}
