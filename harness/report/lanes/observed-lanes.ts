import type { Lane, TrialScope } from "./lane.js";
import { logLane } from "./log-lane.js";
import { neighbourLane } from "./neighbour-lane.js";
import { bondLane, corosyncLane } from "./network-lanes.js";
import { addressLane, dcLane, resourceLanes } from "./owner-lanes.js";
import { keptLane, probeLane } from "./probe-lane.js";

/** What clients, nodes and cluster showed, from the outside in. */
export function observedLanes(scope: TrialScope): Lane[] {
  return [
    probeLane(scope),
    keptLane(scope),
    addressLane(scope),
    neighbourLane(scope),
    ...resourceLanes(scope),
    corosyncLane(scope),
    dcLane(scope),
    bondLane(scope),
    logLane(scope),
  ];
}
