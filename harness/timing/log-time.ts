import type { EventOf } from "../history/event.js";
import type { WallClock } from "../history/views/wall-clock.js";
import { SOURCE_ERROR_US } from "./source-errors.js";

/** When a line was written, microseconds of the run: within [atUs - errorUs, atUs]. */
export interface LineTime {
  atUs: number;
  errorUs: number;
}

/** `Nov 22 21:11:40.510` of pacemaker 2.1 and of corosync with `timestamp: hires`; agents write no fraction. */
const STAMP = /^[A-Z][a-z]{2} +\d+ \d\d:(\d\d):(\d\d)(?:\.(\d{3}))? /;
/** Zones differ by whole quarters of an hour, so minutes and seconds within a quarter are the same in all of them. */
const QUARTER_MS = 900_000;
/** A line is read within a second or two of being written, even on a busy host; a stamp further off is of another clock. */
const READ_WITHIN_MS = 10_000;
/** How far a stamp may lie after its line was read: both are rounded. */
const ROUNDING_MS = 10;

/**
 * The line's own stamp placed on the run's axis; where it has none that can be placed, when it was read. `clockErrorUs`: how far the
 * clock that stamped it may be from what it is taken for, either way.
 */
export function lineTime(wallClock: WallClock, line: EventOf<"log">, clockErrorUs = 0): LineTime {
  const epochMs = wallClock(line.node, { fromUs: line.atUs - READ_WITHIN_MS * 1000, toUs: line.atUs });
  const found = STAMP.exec(line.text);
  const read = { atUs: line.atUs, errorUs: SOURCE_ERROR_US.tailed + clockErrorUs };
  const slackMs = ROUNDING_MS + clockErrorUs / 1000;
  if (found === null || epochMs === null) return read;
  const [, minutes, seconds, fraction] = found;
  const stampMs = (Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction ?? 0);
  const readMs = epochMs + line.atUs / 1000;
  const lateMs = (((readMs - stampMs + slackMs) % QUARTER_MS) + QUARTER_MS) % QUARTER_MS;
  if (lateMs > READ_WITHIN_MS) return read;
  const stampUs = Math.min(line.atUs, Math.round(line.atUs - (lateMs - slackMs) * 1000) + clockErrorUs);
  const bothWaysUs = 2 * clockErrorUs;
  if (fraction !== undefined) return { atUs: stampUs, errorUs: SOURCE_ERROR_US.stamped + bothWaysUs };
  return { atUs: Math.min(line.atUs, stampUs + SOURCE_ERROR_US.wholeSecond), errorUs: SOURCE_ERROR_US.wholeSecond + bothWaysUs };
}
