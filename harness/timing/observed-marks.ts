import type { EventOf, HistoryEvent } from "../history/event.js";
import { slowDownOf } from "../history/views/slow-down-of.js";
import type { Mark, MarkSource } from "./mark.js";
import type { Scene, TimedLine } from "./scene.js";
import { lagUs, SOURCE_ERROR_US } from "./source-errors.js";

type Seen = Extract<HistoryEvent, { node: string }>;

/** A mark from an event that was told at once. */
export function notified(scene: Scene, source: MarkSource, event: Seen, text: string): Mark {
  return {
    source,
    atUs: event.atUs,
    errorUs: SOURCE_ERROR_US.notified + lagUs(scene.events, event.node, event.atUs),
    node: event.node,
    text,
  };
}

/** A mark from crm_mon, which is asked once a second, and more seldom where nodes are slow; not before what it shows could begin. */
export function polled(scene: Scene, source: MarkSource, event: Seen, text: string, notBeforeUs: number = scene.window.fromUs): Mark {
  const errorUs = SOURCE_ERROR_US.polled * slowDownOf(scene.trial) + lagUs(scene.events, event.node, event.atUs);
  return { source, atUs: event.atUs, errorUs: Math.max(0, Math.min(errorUs, event.atUs - notBeforeUs)), node: event.node, text };
}

/** A mark that only a log tells. */
export function logged(line: TimedLine): Mark {
  return { source: "log", atUs: line.atUs, errorUs: line.errorUs, node: line.node, text: shorten(line.text) };
}

/**
 * What a structured source proves, at the exact time that the daemon's log gives it: the last matching line that was written before
 * the source showed it. Without such a line the mark keeps its own time and error.
 */
export function timedBy(mark: Mark, lines: readonly TimedLine[]): Mark {
  const line = lines.findLast((candidate) => candidate.atUs <= mark.atUs && candidate.errorUs < mark.errorUs);
  if (line === undefined) return mark;
  return { ...mark, atUs: line.atUs, errorUs: line.errorUs, text: `${mark.text}; time from the log of ${line.node}` };
}

/** The first of the structured marks, timed by the logs; where there is none, the first line. */
export function firstOfBoth(structured: Mark | null, lines: readonly TimedLine[]): Mark | null {
  if (structured !== null) return timedBy(structured, lines);
  return lines[0] === undefined ? null : logged(lines[0]);
}

/** Result of an operation, as people say it. */
export function operationText({ task, resource, on, rc, rcText }: EventOf<"operation">): string {
  return `${task} of ${resource} on ${on}: ${rcText}${rc === 0 ? "" : ` (rc ${rc})`}`;
}

/** A log line without its stamp, process and function. */
function shorten(text: string): string {
  return text
    .replace(/^[A-Z][a-z]{2} +\d+ [\d:.]+ (\S+ )?/, "")
    .replace(/ \| .*$/, "")
    .replace(/\s+/g, " ")
    .slice(0, 200);
}
