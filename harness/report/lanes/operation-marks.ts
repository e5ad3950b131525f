import type { EventOf } from "../../history/event.js";
import { moment, seconds } from "../words.js";
import { onAxis, type Mark, type TrialScope } from "./lane.js";

type Operation = EventOf<"operation">;

/** PCMK_OCF_UNKNOWN: an operation that is under way, as the CIB records it (record-pending). */
const UNDER_WAY = 193;

/** The operations of a resource on a node: start and stop as bars that end when the result was seen, monitors as ticks, failures as dots. */
export function operationMarks(scope: TrialScope, resource: string, node: string): Mark[] {
  return scope.states.flatMap((event): Mark[] => {
    if (event.type !== "operation" || event.initial || event.resource !== resource || event.on !== node) return [];
    const atMs = onAxis(scope, event.atUs);
    const tookMs = event.execMs ?? 0;
    const title = `${operationText(event)}, seen ${moment(atMs)}`;
    if (operationFailed(event)) return [{ kind: "tick", atMs, tone: "fail", shape: "dot", title }];
    if (event.task === "monitor" || tookMs === 0) return [{ kind: "tick", atMs, tone: "plain", shape: "half", title }];
    return [{ kind: "span", fromMs: atMs - tookMs, toMs: atMs, tone: "plain", look: "thin", label: "", title }];
  });
}

/** `start of httpd on vm-node2: ok, took 0.42 s`. */
export function operationText(event: Operation): string {
  const every = event.intervalMs > 0 ? ` every ${Number((event.intervalMs / 1000).toFixed(1))} s` : "";
  const took = event.execMs === null ? "" : `, took ${seconds(event.execMs)}`;
  if (event.rc === UNDER_WAY) return `${event.task} of ${event.resource}${every} on ${event.on}: under way`;
  return `${event.task} of ${event.resource}${every} on ${event.on}: ${event.rcText}${took}`;
}

/** A probe (a monitor without interval) may find a resource stopped, which is an answer; 8 is a running promoted clone (OCF return codes). */
export function operationFailed({ task, intervalMs, rc }: Operation): boolean {
  if (rc === UNDER_WAY) return false;
  const fine = task !== "monitor" ? [0] : intervalMs === 0 ? [0, 7, 8] : [0, 8];
  return !fine.includes(rc);
}
