import type { HistoryEvent, ProbeOutcome } from "../../history/event.js";
import { trialName } from "./event-line.js";

/** What the live pane shows, folded from the events so far. */
export interface PaneState {
  test: string;
  phase: string;
  /** Outcomes of the last probes, oldest first. */
  probes: ProbeOutcome[];
  servedBy: string | null;
  /** Nodes that hold the service's address now. */
  owners: string[];
  address: string;
  /** When the first probe of the present gap was sent; null while the service answers. */
  darkSinceUs: number | null;
  /** The longest gap of this test so far. */
  longestGapUs: number;
  nowUs: number;
}

export const STRIP_LENGTH = 60;

export const EMPTY_PANE: PaneState = {
  test: "",
  phase: "starting",
  probes: [],
  servedBy: null,
  owners: [],
  address: "",
  darkSinceUs: null,
  longestGapUs: 0,
  nowUs: 0,
};

/** The state after one more event; pure. */
export function paneAfter(state: PaneState, event: HistoryEvent): PaneState {
  const now = { ...state, nowUs: Math.max(state.nowUs, event.type === "http" ? event.endUs : event.atUs) };
  switch (event.type) {
    case "suite-started":
      return { ...now, address: event.definition.service.address, phase: "building the lab" };
    case "lab-step":
      return event.ms === null ? { ...now, phase: event.step } : now;
    case "trial-started":
      return { ...now, test: trialName(event), phase: "watching", longestGapUs: 0 };
    case "fault-injecting":
      return { ...now, phase: `fault ${event.fault.kind}` };
    case "fault-proven":
      return { ...now, phase: "fault proven, watching" };
    case "fault-healing":
      return { ...now, phase: "healing" };
    case "fault-healed":
      return { ...now, phase: "healed, waiting for normal" };
    case "trial-ended":
      return { ...now, phase: event.status };
    case "suite-ended":
      return { ...now, test: "", phase: "removing the lab" };
    case "address":
      return event.address.split("/")[0] === state.address ? { ...now, owners: ownersAfter(state.owners, event) } : now;
    case "power":
      return event.on ? now : { ...now, owners: state.owners.filter((owner) => owner !== event.node) };
    case "http":
      return probed(now, event);
    default:
      return now;
  }
}

function ownersAfter(owners: string[], { node, present }: { node: string; present: boolean }): string[] {
  const others = owners.filter((owner) => owner !== node);
  return present ? [...others, node].sort() : others;
}

function probed(state: PaneState, event: Extract<HistoryEvent, { type: "http" }>): PaneState {
  const probes = [...state.probes, event.outcome].slice(-STRIP_LENGTH);
  if (event.outcome === "ok") {
    return {
      ...state,
      probes,
      servedBy: event.servedBy,
      darkSinceUs: null,
      longestGapUs: Math.max(state.longestGapUs, gapUs(state, event.endUs)),
    };
  }
  return { ...state, probes, darkSinceUs: state.darkSinceUs ?? event.atUs };
}

/** How long the service has been dark at this time. */
export function gapUs(state: PaneState, atUs: number): number {
  return state.darkSinceUs === null ? 0 : Math.max(0, atUs - state.darkSinceUs);
}
