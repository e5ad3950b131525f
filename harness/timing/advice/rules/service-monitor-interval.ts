import { recurringMonitor } from "../../../cluster/recurring-monitor.js";
import { serviceResource } from "../../../cluster/resources.js";
import { here, inWords, savedBy, type AdviceRule } from "../rule.js";

/** Below this the agent's own run (0.1 to 0.3 s of shell and one request) becomes a load worth noticing. */
const SHORT_MS = 2000;

export const serviceMonitorInterval: AdviceRule = {
  id: "service-monitor-interval",
  summary: "The service's monitor runs less often than every 2 s, so a crash goes unnoticed for up to its interval.",
  advise(observed) {
    const { definition, fault } = observed;
    const resource = serviceResource(definition);
    const monitor = resource === null ? null : recurringMonitor(resource);
    if (fault.kind !== "apache-kill" || resource === null || monitor === null || monitor.intervalMs <= SHORT_MS) return null;
    const savesMs = savedBy(observed, (copy) => {
      for (const { ops } of copy.pacemaker.crm.resources.filter(({ id }) => id === resource.id))
        for (const op of ops) if (op.name === "monitor" && op.intervalMs > SHORT_MS) op.intervalMs = SHORT_MS;
    });
    const every = inWords(monitor.intervalMs);
    const more = Math.round(monitor.intervalMs / SHORT_MS);
    return {
      text: `${resource.id} monitor every ${every}: up to ${every} of this gap${here(observed, "detection")}; at ${inWords(SHORT_MS)} the worst case falls by ${inWords(savesMs)}`,
      savesMs,
      risk: `the monitor runs ${more} times as often, a shell and a request each time on every check; on a busy host one that runs into its timeout of ${inWords(monitor.timeoutMs)} counts as a failure, and with a low migration-threshold it moves a healthy service`,
    };
  },
};
