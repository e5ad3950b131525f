import type { ClusterDefinition } from "./definition.js";

/** Fencing is on unless it is switched off (Pacemaker Explained, stonith-enabled). */
export function isFenced({ pacemaker }: ClusterDefinition): boolean {
  return !["false", "no", "off", "0", "n"].includes((pacemaker.crm.properties["stonith-enabled"] ?? "true").toLowerCase());
}
