import type { TestResult, TrialResult } from "../check/results.js";
import type { ClusterDefinition } from "../cluster/definition.js";
import type { EventOf, HistoryEvent } from "../history/event.js";
import type { TrialScope } from "./lanes/lane.js";

/** The history of one lab, sorted by time and split by how it is drawn. */
interface LabHistory {
  http: EventOf<"http">[];
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
    const lab = labs.get(event.lab) ?? { http: [], log: [], states: [] };
    labs.set(event.lab, lab);
    if (event.type === "http") lab.http.push(event);
    else if (event.type === "log") lab.log.push(event);
    else lab.states.push(event);
    if (event.type === "trial-started") labOfTrial.set(trialKey(event.suite, event.test, event.trial), lab);
  }
  return (test, trial) => {
    const lab = labOfTrial.get(trialKey(test.suite, test.name, trial.trial)) ?? { http: [], log: [], states: [] };
    const [fromMs, toMs] = [trial.startMs, Math.max(trial.endMs, trial.startMs + 1)];
    const within = (event: HistoryEvent): boolean => event.atUs / 1000 >= fromMs && event.atUs / 1000 <= toMs;
    const states = lab.states.filter((event) => event.atUs / 1000 <= toMs);
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
      log: lab.log.filter(within),
      injected: inject?.type === "fault-injecting" ? inject : null,
    };
  };
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
