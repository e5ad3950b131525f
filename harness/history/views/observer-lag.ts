import type { HistoryEvent } from "../event.js";

/** What the agent on a node was late beyond that around a moment, as it measured itself; 0 where it measured nothing. */
export function lagUs(events: readonly HistoryEvent[], node: string, atUs: number): number {
  let worst = 0;
  for (const event of events) {
    if (event.type !== "agent-load" || event.node !== node) continue;
    if (atUs >= event.atUs - event.overMs * 1000 && atUs <= event.atUs) worst = Math.max(worst, event.lagMs * 1000);
  }
  return Math.round(worst);
}
