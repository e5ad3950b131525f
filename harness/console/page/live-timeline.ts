import type { Markup } from "../../report/html/markup.js";
import { darkBands } from "../../report/lanes/dark-bands.js";
import { observedLanes } from "../../report/lanes/observed-lanes.js";
import { timeline } from "../../report/svg/timeline.js";
import type { Board } from "../board.js";

/** The report's lanes over the last minute; now is the axis' zero. */
export function liveTimeline({ window, track }: Board, nowUs: number): Markup {
  const scope = window.scope(nowUs);
  const lanes = [track.lane(scope), ...observedLanes(scope)];
  return timeline({ fromMs: scope.fromMs - scope.zeroMs, toMs: 0, lanes, dark: darkBands(scope) }, "The last minute");
}
