import type { HistoryEvent } from "../event.js";
import { observerChange } from "./observers.js";
import type { Trial } from "./trial.js";

/** `off`: without power (or booting, until its observer is back), or frozen. `unknown`: it runs, and nobody was watching. */
export type Holding = "held" | "absent" | "off" | "unknown";

/** A time during which a node held the address, did not, or could not be seen. */
export interface AddressSpan {
  node: string;
  holding: Holding;
  fromUs: number;
  toUs: number;
  /** The event that began it; null at the beginning of the history. */
  event: HistoryEvent | null;
}

/** An observer dies with its node, a moment before the power event is written: so short a blindness is part of the power-off. */
const DYING_US = 1_000_000;

/** Who held an address when, node by node, from the beginning of the lab to the end of the trial. */
export function addressSpans(trial: Pick<Trial, "events" | "endUs" | "definition">, address: string): AddressSpan[] {
  const nodes = new Set((trial.definition?.nodes ?? []).map((node) => node.name));
  for (const event of trial.events) if (event.type === "address") nodes.add(event.node);
  return [...nodes].flatMap((node) => spansOf(node, trial.events, address, trial.endUs));
}

function spansOf(node: string, events: readonly HistoryEvent[], address: string, endUs: number): AddressSpan[] {
  const spans: AddressSpan[] = [];
  const devices = new Set<string>();
  let powered = true;
  let [struck, frozen] = [[] as string[], false];
  let open: AddressSpan = { node, holding: "unknown", fromUs: 0, toUs: endUs, event: null };
  const turn = (holding: Holding, event: HistoryEvent) => {
    if (open.holding === holding) return;
    spans.push({ ...open, toUs: event.atUs });
    open = { node, holding, fromUs: event.atUs, toUs: endUs, event };
  };
  const seen = (event: HistoryEvent) => {
    // From power-on until the observer is back counts as off: the cluster starts long after the NICs, and the observer tells what it found.
    // A machine that was frozen goes on at once with what it had.
    const boots = open.holding === "unknown" && open.event?.type !== "fault-healing" && spans.at(-1)?.holding === "off";
    if (boots) open = spans.pop() ?? open;
    turn(devices.size > 0 ? "held" : "absent", event);
  };
  for (const event of events) {
    const change = observerChange(event, node);
    if (change === "off") {
      [powered, frozen, open.holding] = [false, false, isDying(open, event) ? "off" : open.holding];
      devices.clear();
      turn("off", event);
    } else if (change === "on") {
      powered = true;
      turn("unknown", event);
    } else if (event.type === "fault-injecting") {
      struck = event.drawing.passes ? [] : event.drawing.nodes;
    } else if (event.type === "fault-proven" && powered && struck.includes(node)) {
      frozen = true;
      devices.clear();
      turn("off", event);
    } else if (event.type === "fault-healing" && frozen) {
      frozen = false;
      turn("unknown", event);
    } else if (!powered || frozen) {
      // Last words, or the end of its observer: nothing new.
      continue;
    } else if (change === "ended") {
      devices.clear();
      turn("unknown", event);
    } else if (change === "began") {
      seen(event);
    } else if (event.type === "address" && event.node === node) {
      if (event.address === address) devices[event.present ? "add" : "delete"](event.device);
      seen(event);
    }
  }
  return [...spans, open].filter((span) => span.toUs > span.fromUs || span === open);
}

function isDying(open: AddressSpan, event: HistoryEvent): boolean {
  return open.holding === "unknown" && open.event !== null && event.atUs - open.fromUs < DYING_US;
}
