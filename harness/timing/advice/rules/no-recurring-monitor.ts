import { ADVISED_INTERVAL_MS } from "../../../cluster/common-costs.js";
import { recurringMonitor } from "../../../cluster/recurring-monitor.js";
import { serviceResource } from "../../../cluster/resources.js";
import { inWords, type AdviceRule } from "../rule.js";

export const noRecurringMonitor: AdviceRule = {
  id: "no-recurring-monitor",
  summary: "The service has no monitor with an interval, so nothing notices that it died.",
  advise({ definition, fault }) {
    const resource = serviceResource(definition);
    if (fault.kind !== "apache-kill" || resource === null || recurringMonitor(resource) !== null) return null;
    const every = inWords(ADVISED_INTERVAL_MS);
    return {
      text: `${resource.id} has no monitor with an interval: nothing notices that it died, and the gap has no end; with op monitor interval=${ADVISED_INTERVAL_MS / 1000}s it is noticed within ${every}`,
      savesMs: null,
      risk: "a monitor that fails on a busy host moves or restarts a healthy service: leave its timeout at 20 s or more",
    };
  },
};
