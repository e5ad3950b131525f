import type { ClusterDefinition, CrmResource } from "../cluster/definition.js";
import { serviceResource } from "../cluster/resources.js";
import { snapshotsOf, statesAt } from "../history/views/snapshots.js";
import { faultWindow } from "../history/views/windows.js";
import type { Trial } from "../history/views/trial.js";
import { hasGatewayRule, isMonitored, movesOnFailure } from "./crm-facts.js";

/** A stable reason code, and a clause for the finding that begins with "; " or is empty. */
export interface Explanation {
  reason: string;
  why: string;
}

/** Why the service stayed dark, as far as the configuration or crm_mon tells. */
export function explainDark(trial: Trial, definition: ClusterDefinition): Explanation {
  const service = serviceResource(definition);
  if (hitsProcess(trial) && service !== null && !isMonitored(service)) {
    const why = `; ${service.id} has no recurring monitor (no op monitor with an interval), so nobody noticed`;
    return { reason: "no-recurring-monitor", why };
  }
  const blocked = blockedAtEnd(trial);
  if (blocked.length > 0) return { reason: "resource-blocked", why: `; crm_mon shows ${blocked.join(", ")} blocked` };
  if (hitsGateway(trial) && !hasGatewayRule(definition)) return noGatewayRule;
  return { reason: "never-recovered", why: "" };
}

/** Why the same node still serves; `dark`: its service was interrupted. */
export function explainStay(trial: Trial, definition: ClusterDefinition, dark: boolean): Explanation {
  if (hitsGateway(trial) && !hasGatewayRule(definition)) return noGatewayRule;
  const service = serviceResource(definition);
  const restarts = service !== null && !movesOnFailure(definition, service);
  if (hitsProcess(trial) && restarts && (dark || hasFailCount(trial, service))) {
    return { reason: "restarted-in-place", why: `; ${service.id} has no migration-threshold, so it was restarted in place` };
  }
  return { reason: "not-moved", why: "" };
}

const noGatewayRule: Explanation = {
  reason: "no-gateway-rule",
  why: "; no location rule looks at the attribute of a ping resource, so the gateway does not matter to the cluster",
};

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
