import type { TestResult, TrialResult } from "../check/results.js";
import type { ClusterDefinition } from "../cluster/definition.js";
import type { EventOf, HistoryEvent } from "../history/event.js";
import type { TrialScope } from "./lanes/lane.js";

/** The history of one lab, sorted by time and split by how it is drawn. */
interface LabHistory {
  http: EventOf<"http">[];
  kept: EventOf<"http-kept">[];
  log: EventOf<"log">[];
  states: HistoryEvent[];
}

/** Cuts the history into what one trial's pictures need; made once per run, then asked for each trial. */
export function trialScopes(
  events: readonly HistoryEvent[],
): (test: Pick<TestResult, "suite" | "name">, trial: TrialResult) => TrialScope & { injected: EventOf<"fault-injecting"> | null } {
  const labs = new Map<string, LabHistory>();
  const labOfTrial = new Map<string, LabHistory>();
  for (const event of [...events].sort((a, b) => a.atUs - b.atUs)) {
    if (!("lab" in event)) continue;
    const lab = labs.get(event.lab) ?? emptyLab();
    labs.set(event.lab, lab);
    if (event.type === "http") lab.http.push(event);
    else if (event.type === "http-kept") lab.kept.push(event);
    else if (event.type === "log") lab.log.push(event);
    else lab.states.push(event);
    if (event.type === "trial-started") labOfTrial.set(trialKey(event.suite, event.test, event.trial), lab);
  }
  return (test, trial) => {
    const lab = labOfTrial.get(trialKey(test.suite, test.name, trial.trial)) ?? emptyLab();
    const [fromMs, toMs] = [trial.startMs, Math.max(trial.endMs, trial.startMs + 1)];
    const within = (event: HistoryEvent): boolean => event.atUs / 1000 >= fromMs && event.atUs / 1000 <= toMs;
    const states = statesUntil(lab.states, fromMs, toMs);
    const definition = definitionOf(lab, test.suite);
    const inject = states.find((event) => event.type === "fault-injecting" && within(event));
    const proven = states.find((event) => event.type === "fault-proven" && within(event));
    const zeroMs = proven ? proven.atUs / 1000 : inject ? inject.atUs / 1000 : (trial.faultMs ?? fromMs);
    return {
      fromMs,
      toMs,
      zeroMs,
      definition,
      states,
      nodes: definition?.nodes.map((node) => node.name) ?? nodesSeen(states),
      http: lab.http.filter(within),
      kept: lab.kept.filter(within),
      log: lab.log.filter(within),
      nodeOfMac: nodeOfMac(lab),
      injected: inject?.type === "fault-injecting" ? inject : null,
    };
  };
}

function emptyLab(): LabHistory {
  return { http: [], kept: [], log: [], states: [] };
}

/** The states of the window, and of what came before only the last of each subject: a long run repeats itself. */
export function statesUntil(states: readonly HistoryEvent[], fromMs: number, toMs: number): HistoryEvent[] {
  const before = new Map<string, HistoryEvent>();
  const inside: HistoryEvent[] = [];
  for (const event of states) {
    if (event.atUs / 1000 > toMs) break;
    if (event.atUs / 1000 >= fromMs) inside.push(event);
    else {
      const subject = subjectOf(event);
      // Set anew, so that the order stays that of the last news.
      before.delete(subject);
      before.set(subject, event);
    }
  }
  return [...before.values(), ...inside];
}

/** What a state is about: a later event of the same subject replaces it. */
function subjectOf(event: HistoryEvent): string {
  const on = "node" in event ? event.node : "";
  switch (event.type) {
    case "address":
      return `address ${on} ${event.address} ${event.device}`;
    case "link":
      return `link ${on} ${event.device}`;
    case "bond":
      return `bond ${on} ${event.bond}`;
    case "corosync":
      return `corosync ${on} ${event.what} ${event.peer} ${event.link ?? ""}`;
    case "neighbour":
      return `neighbour ${on} ${event.address}`;
    case "suite-started":
      return `suite ${event.suite}`;
    default:
      return `${event.type} ${on}`;
  }
}

function nodeOfMac(lab: LabHistory): ReadonlyMap<string, string> {
  const ready = lab.states.find((event) => event.type === "lab-ready");
  const nodes = ready?.type === "lab-ready" ? Object.entries(ready.nodes) : [];
  return new Map(nodes.flatMap(([node, { macs }]) => Object.values(macs).map((mac) => [mac, node] as const)));
}

function trialKey(suite: string, test: string, trial: number): string {
  return `${suite}\n${test}\n${trial}`;
}

function definitionOf(lab: LabHistory, suite: string): ClusterDefinition | null {
  const event = lab.states.find((candidate) => candidate.type === "suite-started" && candidate.suite === suite);
  return event?.type === "suite-started" ? event.definition : null;
}

function nodesSeen(states: HistoryEvent[]): string[] {
  return [...new Set(states.flatMap((event) => (event.type === "address" || event.type === "cluster" ? [event.node] : [])))].sort();
}
