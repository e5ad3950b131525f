import type { EventOf, HistoryEvent } from "../event.js";
import { allOf } from "../read-history.js";

/** When a clock was set, it is told within a second (probe/agents/watchers/watch-clock.ts), and a little more on a busy host. */
const TOLD_WITHIN_US = 3_000_000;
/** An observer that starts again, as after a power-off, tells the same clock again, read to the millisecond. */
const SAME_MS = 10;

/**
 * The wall clock of a node, ms since the epoch at the axis's zero: what its daemons' own time stamps count from. Null: it was set in
 * that time, so that a stamp may be from before or after, or it is not known.
 */
export type WallClock = (node: string, during: { fromUs: number; toUs: number }) => number | null;

/** From what the observers told; `startMs`, the clock at the run's start, serves where they told nothing. */
export function wallClockIn(events: readonly HistoryEvent[], startMs: number | null): WallClock {
  const told = allOf(events, "clock");
  return (node, { fromUs, toUs }) => {
    const own = told.filter((event) => event.node === node);
    const isSet = (event: EventOf<"clock">, index: number) => differ(event, own[index - 1] ?? event);
    if (own.some((event, index) => isSet(event, index) && event.atUs >= fromUs && event.atUs - TOLD_WITHIN_US <= toUs)) return null;
    const valid = own.findLast(({ atUs }) => atUs <= toUs) ?? own[0];
    return valid === undefined ? startMs : epochMs(valid);
  };
}

/** A reading over a network counts for what it is worth. */
function differ(a: EventOf<"clock">, b: EventOf<"clock">): boolean {
  return Math.abs(epochMs(a) - epochMs(b)) > SAME_MS + (a.errorMs ?? 0) + (b.errorMs ?? 0);
}

function epochMs({ wallMs, atUs }: EventOf<"clock">): number {
  return wallMs - atUs / 1000;
}
