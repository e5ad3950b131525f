import type { ClusterDefinition } from "../cluster/definition.js";
import { recurringMonitor } from "../cluster/recurring-monitor.js";
import { pingAttribute, pingResource } from "../cluster/resources.js";
import type { ClusterView } from "./crm-mon.js";

/** Roles of a resource whose operation has not ended (crm_mon's XML): systemd is asked for the outcome every 2 s. */
export const ON_ITS_WAY = ["Starting", "Stopping"];

/** From an event to what crm_mon shows of it: a poll a second, a transition, and room for a busy host. */
const SHOWN_WITHIN_MS = 5_000;

/** After so long without any change a cluster at rest has looked at every resource once more: its longest monitor interval, and a little. */
export function restMs(definition: ClusterDefinition): number {
  const intervals = definition.pacemaker.crm.resources.map((resource) => recurringMonitor(resource)?.intervalMs ?? 0);
  return Math.max(0, ...intervals) + SHOWN_WITHIN_MS;
}

/**
 * Nothing is going on any more: every node is there and has heard from the gateway where it is pinged, no operation runs, and no failure
 * will be forgotten by itself. What is not as it should be then stays so.
 */
export function isAtRest(definition: ClusterDefinition, view: Pick<ClusterView, "nodes" | "resources">): boolean {
  const { crm } = definition.pacemaker;
  const ping = pingResource(definition);
  const reached = (node: ClusterView["nodes"][number]) => ping === null || Number(node.attributes[pingAttribute(ping)] ?? 0) > 0;
  const forgets = [...crm.resources.map(({ meta }) => meta), crm.rscDefaults].some((meta) => "failure-timeout" in meta);
  return (
    !forgets &&
    definition.nodes.every(({ name }) => view.nodes.some((node) => node.name === name && node.online && reached(node))) &&
    !view.resources.some(({ role }) => ON_ITS_WAY.includes(role))
  );
}
