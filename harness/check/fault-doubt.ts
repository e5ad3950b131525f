import type { HistoryEvent } from "../history/event.js";
import type { Trial } from "../history/views/trial.js";
import { cite } from "./constraint.js";
import type { Evidence } from "./results.js";

/** Why a trial's fault proves nothing: a stable reason code, and a sentence. */
export interface FaultDoubt {
  reason: string;
  text: string;
  evidence: Evidence[];
}

/** What only a node that runs can tell. */
const SPEAKS: readonly HistoryEvent["type"][] = ["address", "link", "bond", "cluster", "corosync", "log"];

/**
 * Was the fault that was asked for injected, on whom it was meant for, read back after that, and did it last until healing? Null: yes,
 * or the trial has none.
 */
export function faultDoubt(trial: Trial): FaultDoubt | null {
  const { started, marks } = trial;
  const { fault } = started;
  if (fault === null) return null;
  const { injecting, proven, notProven } = marks;
  if (notProven !== null) return { reason: "fault-not-proven", text: notProven.message, evidence: [cite(notProven, notProven.message)] };
  if (injecting === null) return { reason: "not-injected", text: `${fault.kind} was never injected`, evidence: [] };
  if (injecting.fault.kind !== fault.kind) {
    const text = `${injecting.fault.kind} was injected, but the trial is about ${fault.kind}`;
    return { reason: "other-fault", text, evidence: [cite(injecting, injecting.drawing.label)] };
  }
  const missed = missedTarget(trial);
  if (missed !== null)
    return { reason: "other-target", text: missed, evidence: [cite(injecting, `injected on ${injecting.nodes.join(", ")}`)] };
  if (proven === null || proven.atUs < injecting.atUs) {
    return {
      reason: "fault-not-proven",
      text: `${fault.kind} was injected, but nothing proves it`,
      evidence: [cite(injecting, "injected")],
    };
  }
  const over = injecting.drawing.passes ? undefined : trial.events.find((event) => isOver(trial, event));
  if (over === undefined) return null;
  const node = "node" in over ? over.node : "";
  const what = over.type === "link" && over.carrier ? `${node} ${over.device} had its carrier back` : `${node} showed life`;
  return { reason: "fault-not-lasting", text: `the fault did not last: ${what} before healing began`, evidence: [cite(over, what)] };
}

/** Roles mean who served when the fault struck. Faults of the network have no nodes. */
function missedTarget({ started, marks, servedBefore, definition }: Trial): string | null {
  const target = started.fault?.target ?? "";
  const nodes = marks.injecting?.nodes ?? [];
  if (nodes.length === 0 || target === "") return null;
  const hit = `the fault was for ${target} and struck ${nodes.join(" and ")}`;
  if (target === "all") return (definition?.nodes ?? []).every((node) => nodes.includes(node.name)) ? null : hit;
  if (target !== "active" && target !== "standby") return nodes.join() === target ? null : hit;
  // Who is no node of ours cannot have been meant.
  if (!(definition?.nodes ?? []).some((node) => node.name === servedBefore)) return null;
  if (servedBefore === null || nodes.includes(servedBefore) === (target === "active")) return null;
  return `${hit}, but ${servedBefore} served`;
}

/** What a node says within so short a time of its power-off was on its way, or the cord was not out yet. */
const LAST_WORDS_US = 2_000_000;

/** A cut cable has carrier, or a node without power gets some or goes on speaking, while the fault should last. */
function isOver({ marks, endUs }: Trial, event: HistoryEvent): boolean {
  const { injecting, proven, healing } = marks;
  if (injecting === null || proven === null || event.atUs <= proven.atUs || event.atUs >= (healing?.atUs ?? endUs)) return false;
  if (event.type === "link" && event.carrier && injecting.drawing.nics.includes(`${event.node}.${event.device}`)) return true;
  if (!("node" in event) || !injecting.drawing.nodes.includes(event.node)) return false;
  if (event.type === "power") return event.on;
  return SPEAKS.includes(event.type) && event.atUs > proven.atUs + LAST_WORDS_US;
}
