import type { Gap } from "./gap.js";
import type { Window } from "../history/views/windows.js";

/**
 * How much of a stretch the service was dark, microseconds: its overlap with the dark spells, each from the last good answer before
 * it (sent) to the first after it (answered). Over all phases this adds up to the gap's span, `totalMaxMs`.
 */
export function darkUsIn(gap: Gap | null, window: Window, stretch: Window): number {
  return (gap?.spells ?? []).reduce((sum, { okBefore, okAfter }) => {
    const from = Math.max(stretch.fromUs, okBefore?.atUs ?? window.fromUs);
    const to = Math.min(stretch.toUs, okAfter?.endUs ?? window.toUs);
    return sum + Math.max(0, to - from);
  }, 0);
}
