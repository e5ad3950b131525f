import type { HistoryEvent } from "../event.js";

/** Name of the observer inside every node that streams addresses, carriers, bonds, corosync, crm_mon and logs, as `observer` events carry it. */
export const NODE_OBSERVER = "nodes";

/** What an event says about a node's observer: it began, it ended, the node lost or got power, or nothing (null). */
export function observerChange(event: HistoryEvent, node: string): "began" | "ended" | "off" | "on" | null {
  if (event.type === "power" && event.node === node) return event.on ? "on" : "off";
  if (event.type !== "observer" || event.node !== node || event.name !== NODE_OBSERVER) return null;
  return event.running ? "began" : "ended";
}
