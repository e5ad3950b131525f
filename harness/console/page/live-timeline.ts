import type { Markup } from "../../report/html/markup.js";
import { darkBands } from "../../report/lanes/dark-bands.js";
import { logLane } from "../../report/lanes/log-lane.js";
import { neighbourLane } from "../../report/lanes/neighbour-lane.js";
import { bondLane, corosyncLane } from "../../report/lanes/network-lanes.js";
import { addressLane, dcLane, resourceLanes } from "../../report/lanes/owner-lanes.js";
import { keptLane, probeLane } from "../../report/lanes/probe-lane.js";
import { timeline } from "../../report/svg/timeline.js";
import type { Board } from "../board.js";

/** The report's lanes over the last minute; now is the axis' zero. */
export function liveTimeline({ window, track }: Board, nowUs: number): Markup {
  const scope = window.scope(nowUs);
  const lanes = [
    track.lane(scope),
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
  return timeline({ fromMs: scope.fromMs - scope.zeroMs, toMs: 0, lanes, dark: darkBands(scope) }, "The last minute");
}
