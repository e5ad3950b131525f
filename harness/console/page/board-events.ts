import type { Lab } from "../../lab/lab.js";
import { topology } from "../../report/svg/topology.js";
import type { Board, Moment } from "../board.js";
import { partsOf } from "../fault-track.js";
import { faultList } from "./fault-list.js";
import { liveTimeline } from "./live-timeline.js";
import { serviceWord, statusCards } from "./status-cards.js";

/** What the page's script needs to know; everything that is seen comes as markup. */
export interface PageState {
  lab: string;
  service: "up" | "dark" | "unknown";
  /** Faults in force by the key of the part they break, with their names in words. */
  parts: Record<string, { id: string; label: string }[]>;
  lost: string | null;
}

/** The moment as the events that pages are sent: markup for each place of the page by its id, and the script's state. */
export function boardEvents(lab: Lab, moment: Moment): Record<string, string> {
  return {
    status: statusCards(lab.definition, moment).markup,
    topology: topology(lab.definition, moment.frame).markup,
    faults: faultList(moment).markup,
    state: JSON.stringify(stateOf(lab, moment)),
  };
}

/** The lanes, which move on with the time and so are sent less often than what stands still. */
export function timelineEvent(board: Board, nowUs: number): Record<string, string> {
  return { timeline: liveTimeline(board, nowUs).markup };
}

function stateOf(lab: Lab, moment: Moment): PageState {
  const parts: PageState["parts"] = {};
  for (const fault of moment.faults)
    for (const part of partsOf(lab, fault)) (parts[part] ??= []).push({ id: fault.id, label: fault.drawing.label });
  return { lab: lab.name, service: serviceWord(moment), parts, lost: moment.lost };
}
