import type { HistoryEvent } from "../event.js";

/**
 * Names of the node observers whose silence means something, as `observer` events carry them: `ip` streams addresses, carriers and
 * bonds, `crm_mon` the cluster's state.
 */
export const OBSERVER = { addresses: ["address", "ip"], cluster: ["cluster", "crm_mon"] } as const;

/** What an event says about an observer on a node: it began, it ended, the node lost or got power, or nothing (null). */
export function observerChange(event: HistoryEvent, node: string, names: readonly string[]): "began" | "ended" | "off" | "on" | null {
  if (event.type === "power" && event.node === node) return event.on ? "on" : "off";
  if (event.type !== "observer" || event.node !== node || !names.includes(event.name)) return null;
  if (event.running) return "began";
  return event.reason.includes("power off") ? "off" : "ended";
}
