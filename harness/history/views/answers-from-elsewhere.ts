import { addressSpans, type AddressSpan } from "./address-spans.js";
import { answered } from "./serving.js";
import type { Trial } from "./trial.js";
import type { Probe } from "./windows.js";

/** Netlink tells an address change after it happened and the line waits its turn on a busy host: tens of milliseconds were seen. */
const OBSERVER_LATENCY_US = 50_000;

/** From noting the power-off to the end of the node: cutting its NICs and killing it takes two calls of the engine. */
const POWER_CUT_US = 2_000_000;

/** Good answers by whether the node that gave them held the address. */
export interface AnswersByHolder {
  /** From a node that held it at no moment between sending and answer, give or take the observer's latency: the wrong node. */
  foreign: Probe[];
  /** How many came from the holder. */
  judged: number;
  /** How many came from a node that nobody watched then. */
  unseen: number;
}

/** Whether the answers of a trial came from the node that held `address` at that time. */
export function answersFromElsewhere(trial: Pick<Trial, "events" | "endUs" | "definition" | "probes">, address: string): AnswersByHolder {
  const foreign: Probe[] = [];
  let [judged, unseen] = [0, 0];
  const spans = addressSpans(trial, address);
  for (const probe of trial.probes.filter(answered)) {
    const own = spans.filter((span) => span.node === probe.servedBy);
    const around = own.filter((span) => touches(span, probe) || stillOn(span, probe, own));
    if (around.some((span) => span.holding === "held")) judged += 1;
    else if (around.length === 0 || around.some((span) => span.holding === "unknown")) unseen += 1;
    else foreign.push(probe);
  }
  return { foreign, judged, unseen };
}

/** Power is noted when the cord is pulled; a node that answers a moment later was not dark yet, and what it held before still counts. */
function stillOn(span: AddressSpan, probe: Probe, own: AddressSpan[]): boolean {
  return own.some(
    (next) => next.holding === "off" && next.fromUs === span.toUs && touches(next, probe) && probe.atUs - next.fromUs < POWER_CUT_US,
  );
}

function touches(span: AddressSpan, probe: Probe): boolean {
  return span.fromUs <= probe.endUs + OBSERVER_LATENCY_US && span.toUs >= probe.atUs - OBSERVER_LATENCY_US;
}
