import type { HistoryEvent } from "../history/event.js";

/** How late each source tells what happened, microseconds, when its host has time for it. */
export const SOURCE_ERROR_US = {
  /** rtnetlink, cmap and bond notifications: the kernel or daemon tells at once, through a pipe to the agent that stamps the line. */
  notified: 20_000,
  /** crm_mon once a second (watch-cluster, EVERY_MS), and the 0.1 s that it takes. */
  polled: 1_100_000,
  /** A daemon stamps its lines by the kernel's coarse clock: a tick of up to 10 ms (clock_getres(2), CLOCK_REALTIME_COARSE at 100 Hz). */
  stamped: 10_000,
  /** Agents stamp theirs in whole seconds. */
  wholeSecond: 1_000_000,
  /** A line without a stamp that can be placed: `tail -F` looks once a second where inotify does not work (tail(1)). */
  tailed: 1_100_000,
  /** The run looks every 50 ms whether the service is steady, and every 100 ms whether all is normal. */
  conductor: 50_000,
  gate: 100_000,
} as const;

/**
 * What the agent on a node was late beyond that around a moment, as it measured itself, and what the way to a node costs that is watched
 * over a network; 0 where nothing was measured.
 */
export function lagUs(events: readonly HistoryEvent[], node: string, atUs: number): number {
  let worst = 0;
  for (const event of events) {
    if (event.type !== "agent-load" || event.node !== node) continue;
    if (atUs >= event.atUs - event.overMs * 1000 && atUs <= event.atUs) worst = Math.max(worst, event.lagMs * 1000);
  }
  return Math.round(worst + clockErrorUs(events, node));
}

/** How well a node's clock is known that was read over a network: half of the longest round trip, which is as long as news of it may take. */
export function clockErrorUs(events: readonly HistoryEvent[], node: string): number {
  const errors = events.map((event) => (event.type === "clock" && event.node === node ? (event.errorMs ?? 0) : 0));
  return Math.round(Math.max(0, ...errors) * 1000);
}
