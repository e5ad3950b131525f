import { recurringMonitor } from "../../../cluster/recurring-monitor.js";
import { pingResource } from "../../../cluster/resources.js";
import { inWords, savedBy, type AdviceRule } from "../rule.js";

/** The agent's attempts are a second apart (ocf:pacemaker:ping, ping_check): with three of them, a shorter interval hardly helps. */
const SHORT_MS = 5000;

export const pingInterval: AdviceRule = {
  id: "ping-interval",
  summary: "The ping resource looks at the gateway less often than every 5 s.",
  advise(observed) {
    const { definition, fault } = observed;
    const ping = pingResource(definition);
    const monitor = ping === null ? null : recurringMonitor(ping);
    if (fault.kind !== "gateway-blackhole" || ping === null || monitor === null || monitor.intervalMs <= SHORT_MS) return null;
    const savesMs = savedBy(observed, (copy) => {
      for (const { ops } of copy.pacemaker.crm.resources.filter(({ id }) => id === ping.id))
        for (const op of ops) if (op.name === "monitor" && op.intervalMs > SHORT_MS) op.intervalMs = SHORT_MS;
    });
    return {
      text: `${ping.id} monitor every ${inWords(monitor.intervalMs)}: up to so long before anybody asks the gateway; at ${inWords(SHORT_MS)} the worst case falls by ${inWords(savesMs)} for clients behind the gateway, who are dark from its failure on`,
      savesMs,
      risk: "more pings from every node, all the time; a router that limits ICMP may leave some unanswered and make the service move",
    };
  },
};
