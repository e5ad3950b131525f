import type { TrialResult } from "../check/results.js";
import type { ClusterDefinition } from "../cluster/definition.js";
import type { Drawing, EventOf, ProbeOutcome } from "../history/event.js";
import { agentLoads, type AgentLoad } from "./agent-loads.js";
import { darkBands } from "./lanes/dark-bands.js";
import { faultLane } from "./lanes/fault-lane.js";
import type { Lane } from "./lanes/lane.js";
import { phaseLane } from "./lanes/phase-lane.js";
import { observedLanes } from "./lanes/observed-lanes.js";
import { countOutcomes } from "./lanes/probe-lane.js";
import { mergedLog, type MergedLog } from "./log-lines.js";
import { topologyFrames, type TopologyFrame } from "./topology-frames.js";
import type { trialScopes } from "./trial-scope.js";

/** One trial with everything its pictures need. Times on its axis are ms relative to the fault. */
export interface TrialView {
  id: string;
  result: TrialResult;
  definition: ClusterDefinition | null;
  drawing: Drawing | null;
  /** The fault in words, with the nodes it acts on: `apache2 killed (vm-node1)`. */
  faultText: string | null;
  nodes: string[];
  /** The axis' ends, ms relative to its zero. */
  fromMs: number;
  toMs: number;
  zeroMs: number;
  lanes: Lane[];
  dark: { fromMs: number; toMs: number }[];
  outcomes: Partial<Record<ProbeOutcome, number>>;
  frames: TopologyFrame[];
  log: MergedLog;
  /** Commands that hachaos ran on the lab's hosts. */
  commands: { atMs: number; event: EventOf<"command"> }[];
  loads: AgentLoad[];
}

/** Joins one trial's result with its part of the history. */
export function trialView(id: string, result: TrialResult, scope: ReturnType<ReturnType<typeof trialScopes>>): TrialView {
  const { injected, zeroMs } = scope;
  const inside = scope.states.filter((event) => event.atUs / 1000 >= scope.fromMs);
  return {
    id,
    result,
    definition: scope.definition,
    drawing: injected?.drawing ?? null,
    nodes: scope.nodes,
    faultText: injected && [injected.drawing.label, ...(injected.nodes.length > 0 ? [`(${injected.nodes.join(", ")})`] : [])].join(" "),
    fromMs: scope.fromMs - zeroMs,
    toMs: scope.toMs - zeroMs,
    zeroMs,
    lanes: [phaseLane(scope, result), faultLane(scope), ...observedLanes(scope)],
    dark: darkBands(scope),
    outcomes: countOutcomes(scope.http),
    frames: topologyFrames(scope),
    log: mergedLog(scope, result, id),
    commands: inside.flatMap((event) => (event.type === "command" ? [{ atMs: event.atUs / 1000 - zeroMs, event }] : [])),
    loads: agentLoads(inside),
  };
}
