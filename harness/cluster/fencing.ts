import type { ClusterDefinition, CrmResource } from "./definition.js";

/** Fencing is on unless it is switched off (Pacemaker Explained, stonith-enabled). */
export function isFenced({ pacemaker }: ClusterDefinition): boolean {
  return !["false", "no", "off", "0", "n"].includes((pacemaker.crm.properties["stonith-enabled"] ?? "true").toLowerCase());
}

/** A primitive that fences. The node it "runs" on only looks after it: any node may use it (Pacemaker Explained, "Fencing"). */
export function isFencingDevice({ agent }: CrmResource): boolean {
  return agent.startsWith("stonith:");
}
