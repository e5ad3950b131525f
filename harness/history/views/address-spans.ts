import type { HistoryEvent } from "../event.js";
import { observerChange, OBSERVER } from "./observers.js";
import type { Trial } from "./trial.js";

/** `off`: without power (or booting, until its observer is back). `unknown`: powered, and nobody was watching. */
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
  let open: AddressSpan = { node, holding: "unknown", fromUs: 0, toUs: endUs, event: null };
  const turn = (holding: Holding, event: HistoryEvent) => {
    if (open.holding === holding) return;
    spans.push({ ...open, toUs: event.atUs });
    open = { node, holding, fromUs: event.atUs, toUs: endUs, event };
  };
  for (const event of events) {
    if (event.type === "address" && event.node === node) {
      if (event.address === address) devices[event.present ? "add" : "delete"](event.device);
      endBoot(spans, open);
      turn(devices.size > 0 ? "held" : "absent", event);
      continue;
    }
    const change = observerChange(event, node, OBSERVER.addresses);
    if (change === "off" || change === "ended") {
      devices.clear();
      const dying = change === "off" && open.holding === "unknown" && event.atUs - open.fromUs < DYING_US;
      if (dying) open.holding = "off";
      // An observer that ends after the power is gone tells nothing new.
      else if (open.holding !== "off") turn(change === "off" ? "off" : "unknown", event);
    } else if (change === "on") {
      turn("unknown", event);
    } else if (change === "began" && open.holding === "unknown") {
      endBoot(spans, open);
      turn("absent", event);
    }
  }
  return [...spans, open].filter((span) => span.toUs > span.fromUs || span === open);
}

/** The time from power-on until the observer is back counts as off: the cluster starts long after it, and it tells what it found. */
function endBoot(spans: AddressSpan[], open: AddressSpan): void {
  const before = spans.at(-1);
  if (open.holding === "unknown" && before?.holding === "off") open.holding = "off";
}
