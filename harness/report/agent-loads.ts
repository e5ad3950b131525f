import type { EventOf, HistoryEvent } from "../history/event.js";

/** What one of our agents cost during a trial. */
export interface AgentLoad {
  name: string;
  node: string;
  /** CPU time as a share of one core. */
  cpuShare: number;
  /** The longest delay of its event loop, ms. */
  lagMs: number;
}

/** The reports of each agent as one figure, the busiest first. */
export function agentLoads(events: readonly HistoryEvent[]): AgentLoad[] {
  const reports = new Map<string, EventOf<"agent-load">[]>();
  for (const event of events) {
    if (event.type !== "agent-load") continue;
    const key = `${event.node} ${event.name}`;
    reports.set(key, [...(reports.get(key) ?? []), event]);
  }
  const loads = [...reports.values()].map((each): AgentLoad => {
    const { name, node } = each[0] as EventOf<"agent-load">;
    const over = each.reduce((sum, { overMs }) => sum + overMs, 0);
    const cpu = each.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
    return { name, node, cpuShare: over > 0 ? cpu / over : 0, lagMs: Math.max(...each.map(({ lagMs }) => lagMs)) };
  });
  return loads.sort((a, b) => b.cpuShare - a.cpuShare);
}
