import type { EventOf, HistoryEvent } from "../../history/event.js";
import { eventLine, runTime } from "./event-line.js";
import { EMPTY_PANE, paneAfter, type PaneState } from "./pane-state.js";

/** What is shown of a run: each of its labs by name, as long as it is there. */
export interface RunState {
  /** Several labs may be there at once, so whatever is told says of which. */
  several: boolean;
  labs: ReadonlyMap<string, PaneState>;
  nowUs: number;
}

export const EMPTY_RUN: RunState = { several: false, labs: new Map(), nowUs: 0 };

/** The state after one more event; pure. */
export function runAfter(state: RunState, event: HistoryEvent): RunState {
  const nowUs = Math.max(state.nowUs, event.type === "http" ? event.endUs : event.atUs);
  if (event.type === "run-started") return { ...state, nowUs, several: mayHaveSeveral(event) };
  if (!("lab" in event)) return { ...state, nowUs };
  const labs = new Map(state.labs);
  if (event.type === "suite-ended") labs.delete(event.lab);
  else labs.set(event.lab, paneAfter(state.labs.get(event.lab) ?? EMPTY_PANE, event));
  return { ...state, nowUs, labs };
}

/** One line for people, as `eventLine`; where there are several labs, with the lab and its test after the time. */
export function runLine(state: RunState, event: HistoryEvent): string | null {
  const line = eventLine(event);
  if (line === null || !state.several || !("lab" in event)) return line;
  const test = event.type === "trial-started" ? "" : (state.labs.get(event.lab)?.test ?? "");
  const time = `[${runTime(event.atUs)}] `;
  return `${time}${[event.lab, test].filter(Boolean).join(" ")}: ${line.slice(time.length).trimStart()}`;
}

/** Also with one cell: the lab of the next suite is built while another one works. */
function mayHaveSeveral({ cells = 1, plan = [] }: EventOf<"run-started">): boolean {
  return cells > 1 || new Set(plan.map(({ suite }) => suite)).size > 1;
}
