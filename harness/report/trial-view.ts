import type { TrialResult } from "../check/results.js";
import type { ClusterDefinition } from "../cluster/definition.js";
import type { Drawing, ProbeOutcome } from "../history/event.js";
import { darkBands } from "./lanes/dark-bands.js";
import { faultLane } from "./lanes/fault-lane.js";
import type { Lane } from "./lanes/lane.js";
import { logLane } from "./lanes/log-lane.js";
import { bondLane, corosyncLane } from "./lanes/network-lanes.js";
import { addressLane, dcLane, resourceLanes } from "./lanes/owner-lanes.js";
import { countOutcomes, probeLane } from "./lanes/probe-lane.js";
import { logLines, type LogLine } from "./log-lines.js";
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
  log: { lines: LogLine[]; omitted: number };
}

/** Joins one trial's result with its part of the history. */
export function trialView(id: string, result: TrialResult, scope: ReturnType<ReturnType<typeof trialScopes>>): TrialView {
  const { injected } = scope;
  return {
    id,
    result,
    definition: scope.definition,
    drawing: injected?.drawing ?? null,
    nodes: scope.nodes,
    faultText: injected && [injected.drawing.label, ...(injected.nodes.length > 0 ? [`(${injected.nodes.join(", ")})`] : [])].join(" "),
    fromMs: scope.fromMs - scope.zeroMs,
    toMs: scope.toMs - scope.zeroMs,
    zeroMs: scope.zeroMs,
    lanes: [
      faultLane(scope),
      probeLane(scope),
      addressLane(scope),
      ...resourceLanes(scope),
      bondLane(scope),
      corosyncLane(scope),
      dcLane(scope),
      logLane(scope),
    ],
    dark: darkBands(scope),
    outcomes: countOutcomes(scope.http),
    log: logLines(scope),
  };
}
