import type { EventOf } from "../history/event.js";
import { earliest, latest, type Mark } from "./mark.js";
import { firstOfBoth, logged, operationText, polled } from "./observed-marks.js";
import type { Scene, TimedLine } from "./scene.js";
import { SOURCE_ERROR_US } from "./source-errors.js";

type Operation = EventOf<"operation">;
/** What an operation is asked for by; an absent field is any. */
interface Wanted {
  task: string;
  resource: string;
  on: string;
}

/** PCMK_OCF_UNKNOWN: an operation that is under way, as the CIB records it (record-pending). */
const UNDER_WAY = 193;
/** OCF return codes of a monitor that found things in order: running, running as promoted (Pacemaker Explained, "OCF Return Codes"). */
const IN_ORDER = [0, 8];
/** The CIB is looked at once a second; a node that hangs or is cut off shows it later. */
const SEEN_WITHIN_US = 10_000_000;
const MOVES = ["stop", "start"];

/** The last result of an operation: the CIB's status proves it, the log of the node that ran it tells when. */
export function lastResult(scene: Scene, wanted: Wanted): Mark | null {
  const results = operationsIn(scene).filter((event) => event.rc !== UNDER_WAY && isWanted(event, wanted));
  const lines = scene.lines.filter(({ told, groups }) => told === "result" && isWanted(groups, wanted));
  const proven = latest(firstSeen(results).map((event) => resultMark(scene, event)));
  if (proven !== null) return firstOfBoth(proven, lines);
  const line = lines.at(-1);
  return line === undefined ? null : logged(line);
}

/** Whether an operation was seen to begin. */
export function isUnderWay(scene: Scene, wanted: Wanted): boolean {
  return operationsIn(scene).some((event) => event.rc === UNDER_WAY && isWanted(event, wanted));
}

/** The first monitor that found one of what moves not in order on the node that served. */
export function failedMonitor(scene: Scene): Mark | null {
  const ofService = ({ resource, on }: { resource?: string; on?: string }) => scene.moving.includes(resource ?? "") && on === scene.from;
  const failed = operationsIn(scene).filter(
    (event) =>
      event.task === "monitor" && event.intervalMs > 0 && event.rc !== UNDER_WAY && !IN_ORDER.includes(event.rc) && ofService(event),
  );
  const lines = scene.lines.filter(
    ({ told, groups }) =>
      told === "result" &&
      groups["task"] === "monitor" &&
      !["ok", "promoted", "Cancelled"].includes(groups["outcome"] ?? "") &&
      ofService(groups),
  );
  return firstOfBoth(earliest(failed.map((event) => resultMark(scene, event))), lines);
}

/** The first stop or start of what moves. */
export function firstAction(scene: Scene): Mark | null {
  const isMove = ({ task, resource }: { task?: string; resource?: string }) =>
    MOVES.includes(task ?? "") && scene.moving.includes(resource ?? "");
  const proven = earliest(
    operationsIn(scene)
      .filter(isMove)
      .map((event) => beginMark(scene, event)),
  );
  const [line] = scene.lines.filter(({ told, groups }) => told === "initiated" && isMove(groups));
  if (proven === null || line === undefined || line.atUs > proven.atUs) return proven ?? (line === undefined ? null : logged(line));
  return firstOfBoth(proven, [line]);
}

function operationsIn(scene: Scene): Operation[] {
  return scene.events.filter((event): event is Operation => event.type === "operation" && !event.initial);
}

function isWanted(found: Partial<Wanted> | TimedLine["groups"], { task, resource, on }: Wanted): boolean {
  return found.task === task && found.resource === resource && found.on === on;
}

/** Every node's CIB has each result; the one that showed it first counts. */
function firstSeen(results: Operation[]): Operation[] {
  const seen = new Map<string, Operation>();
  for (const event of results) {
    const key = [event.resource, event.on, event.task, event.call].join(" ");
    if (!seen.has(key)) seen.set(key, event);
  }
  return [...seen.values()];
}

/** A result came after its operation began, and before the CIB was seen with it. */
function resultMark(scene: Scene, event: Operation): Mark {
  const beganUs = beginUs(scene, event);
  const seen = polled(scene, "operation", event, operationText(event), Math.max(scene.window.fromUs, beganUs ?? 0));
  if (beganUs === null || event.execMs === null) return seen;
  const atUs = Math.min(seen.atUs, beganUs + SOURCE_ERROR_US.wholeSecond + Math.round((event.execMs + (event.queueMs ?? 0)) * 1000));
  const errorUs = atUs - (seen.atUs - seen.errorUs);
  // The node's clock says something else than ours: what was seen counts.
  return errorUs < 0 ? seen : { ...seen, atUs, errorUs };
}

/** When an operation began: in the second that the CIB names, and before it was seen. */
function beginMark(scene: Scene, event: Operation): Mark {
  const text = `${event.task} of ${event.resource} on ${event.on} begun`;
  const beganUs = beginUs(scene, event);
  const execUs = event.rc === UNDER_WAY ? 0 : Math.round((event.execMs ?? 0) * 1000);
  const seen = polled(scene, "operation", event, text);
  if (beganUs === null) return seen;
  const fromUs = Math.max(scene.window.fromUs, beganUs);
  const atUs = Math.min(event.atUs - execUs, beganUs + SOURCE_ERROR_US.wholeSecond);
  return atUs < fromUs ? seen : { ...seen, atUs, errorUs: atUs - fromUs };
}

/** The second that the CIB names (last-rc-change, whole seconds) on the run's axis. */
function beginUs({ trial: { wallClock } }: Scene, { on, changedAtS, execMs, queueMs, atUs }: Operation): number | null {
  const tookUs = ((execMs ?? 0) + (queueMs ?? 0)) * 1000;
  const epochMs = wallClock(on, { fromUs: atUs - tookUs - SEEN_WITHIN_US, toUs: atUs });
  return epochMs === null || changedAtS === null ? null : Math.round((changedAtS * 1000 - epochMs) * 1000);
}
