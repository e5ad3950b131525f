import type { EventOf, EventType, HistoryEvent } from "../../history/event.js";
import { milliseconds } from "../format/milliseconds.js";

type Line<T extends EventType> = (event: EventOf<T>) => string | null;

/** What is told of each event in a line of its own; types not named here are only seen in the live pane and the history. */
const LINES: { [T in EventType]?: Line<T> } = {
  "suite-started": ({ suite, definition }) => `suite ${suite}: ${definition.nodes.map((node) => node.name).join(", ")}`,
  "lab-step": ({ step, ms }) => (ms === null ? imageLine(step) : `lab: ${step} (${milliseconds(ms)})`),
  "lab-ready": ({ bonding, missing }) =>
    `lab ready, bonding by ${bonding}${missing.length === 0 ? "" : `; not normal: ${missing.join("; ")}`}`,
  "lab-failed": ({ code, message }) => `lab failed: ${code}: ${message}`,
  "trial-started": (event) => `test ${trialName(event)}, budget ${milliseconds(event.budget.ms)}`,
  "fault-injecting": ({ fault, nodes }) => `  fault ${fault.kind}${nodes.length === 0 ? "" : ` on ${nodes.join(", ")}`}`,
  "fault-proven": ({ evidence }) => `  proven: ${evidence.join("; ")}`,
  "fault-not-proven": ({ message }) => `  NOT proven: ${message}`,
  observed: ({ settled, lastSeen }) => (settled ? `  served again: ${lastSeen}` : `  did not settle: ${lastSeen}`),
  "fault-healing": () => "  healing",
  "fault-healed": ({ evidence }) => `  healed: ${evidence.join("; ")}`,
  "fault-not-healed": ({ message }) => `  NOT healed: ${message}`,
  gate: ({ passed, missing, waitedMs }) =>
    `  ${passed ? "back to normal" : `not normal: ${missing.join("; ")}`} after ${milliseconds(waitedMs)}`,
  "trial-ended": ({ status, reason }) => (status === "done" ? null : `  test ${status}: ${reason}`),
  power: ({ node, on }) => `  ${node} power ${on ? "on" : "off"}`,
  observer: ({ name, node, running, reason }) =>
    running || ["", "stopped"].includes(reason) ? null : `  observer ${name} on ${node} ended: ${reason}`,
};

/** Steps are told when they are done, but building an image takes a minute or more: what it is at is told at once. */
function imageLine(step: string): string | null {
  return step.startsWith("image: ") ? `lab: ${step}` : null;
}

/** One line for people with the time since the run began, or null for an event that is not told. */
export function eventLine(event: HistoryEvent): string | null {
  const line = (LINES[event.type] as Line<EventType> | undefined)?.(event);
  return line === undefined || line === null ? null : `[${runTime(event.atUs)}] ${line}`;
}

/** A test, from its second repetition on with the number. */
export function trialName({ test, trial }: Pick<EventOf<"trial-started">, "test" | "trial">): string {
  return trial > 1 ? `${test} #${trial}` : test;
}

/** mm:ss.s since the run began. */
export function runTime(atUs: number): string {
  const tenths = Math.floor(atUs / 100_000);
  const seconds = (tenths % 600) / 10;
  return `${String(Math.floor(tenths / 600)).padStart(2, "0")}:${seconds.toFixed(1).padStart(4, "0")}`;
}
