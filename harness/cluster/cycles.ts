import type { CostlyFault } from "./fault-costs.js";
import type { ClusterDefinition, CrmResource } from "./definition.js";
import { recurringMonitor } from "./recurring-monitor.js";
import { pingResource, serviceResource } from "./resources.js";

/** What in a cluster goes round, by its period in ms. */
const CYCLES = {
  /** The service's recurring monitor: looks again so often (Pacemaker Explained, resource operations). */
  monitor: (definition: ClusterDefinition) => monitorMs(serviceResource(definition)),
  /** The gateway's: ocf:pacemaker:ping asks anew at each of its monitors. */
  ping: (definition: ClusterDefinition) => monitorMs(pingResource(definition)),
  /** The token's timeout begins anew with each round (corosync.conf(5)): none is longer. */
  token: ({ corosync }: ClusterDefinition) => corosync.totem.tokenMs,
};

/** Which cycle a fault waits for. One that is not named may wait for any. */
const OF_FAULT: Record<string, keyof typeof CYCLES> = {
  "apache-kill": "monitor",
  "gateway-blackhole": "ping",
  "node-isolated": "token",
  "node-power-off": "token",
  "private-links-cut": "token",
  // Carriers are looked at every miimon, some tenths of a second: what the token does meanwhile takes longer.
  "link-down": "token",
};

/**
 * The longest cycle, in ms, in which a fault may strike early or late and be noticed late or early; 0 without a fault. A fault that always
 * struck at the same point of it would measure that point again and again.
 */
export function cycleOf(definition: ClusterDefinition, fault: CostlyFault | null): number {
  if (fault === null) return 0;
  const named = OF_FAULT[fault.kind];
  const cycles = named === undefined ? Object.values(CYCLES) : [CYCLES[named]];
  return Math.max(...cycles.map((cycle) => cycle(definition)));
}

function monitorMs(resource: CrmResource | null): number {
  return resource === null ? 0 : (recurringMonitor(resource)?.intervalMs ?? 0);
}
