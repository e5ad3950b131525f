import { parseCrmMon, type Operation } from "../lab/crm-mon.js";
import type { Observation } from "./probe.js";

/**
 * Turns what crm_mon says on the nodes into what is new: a state when it differs from the node's last one, a result of an operation
 * once, from whichever node told it first (all nodes of a partition have the same CIB). `initial`: told by an observer's first look.
 */
export function clusterNews(): (node: string, xml: string, initial: boolean) => Observation[] {
  const states = new Map<string, string>();
  const results = new Set<string>();
  return (node, xml, initial) => {
    const { view, operations } = parseCrmMon(xml);
    const news = operations.filter((operation) => !results.has(identity(operation)));
    for (const operation of news) results.add(identity(operation));
    const state = JSON.stringify(view);
    const isSame = states.get(node) === state && !initial;
    states.set(node, state);
    const told: Observation[] = news.map((operation) => ({ type: "operation", ...operation, initial }));
    return isSame ? told : [...told, { type: "cluster", ...view }];
  };
}

/** Call numbers begin anew when a node boots, and an operation under way has none yet: time and result tell those apart. */
function identity({ on, resource, task, intervalMs, call, rc, changedAtS, execMs }: Operation): string {
  return [on, resource, task, intervalMs, call, rc, changedAtS, execMs].join(" ");
}
