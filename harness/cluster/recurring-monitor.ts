import { DEFAULT_OP_TIMEOUT_MS } from "./common-costs.js";
import type { CrmResource } from "./definition.js";

/** Whether the resource is looked at again after its start: the shortest interval of its monitors and that one's timeout, or null. */
export function recurringMonitor(resource: CrmResource): { intervalMs: number; timeoutMs: number } | null {
  const monitors = resource.ops.filter((op) => op.name === "monitor" && op.intervalMs > 0).sort((a, b) => a.intervalMs - b.intervalMs);
  const [monitor] = monitors;
  if (monitor === undefined) return null;
  return { intervalMs: monitor.intervalMs, timeoutMs: monitor.timeoutMs ?? DEFAULT_OP_TIMEOUT_MS };
}
