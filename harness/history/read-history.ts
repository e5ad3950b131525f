import { readFileSync } from "node:fs";
import { z } from "zod";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { events as schemas, historyEvent, type EventOf, type EventType, type HistoryEvent } from "./event.js";

export interface History {
  /** Sorted by `atUs`; events of the same microsecond keep the order of the file. */
  events: HistoryEvent[];
  /** The last line when it was cut off in the middle (the writer was killed), else null. */
  truncated: { line: number; text: string } | null;
  /** Events of types this version does not know, counted by type. */
  unknownTypes: Record<string, number>;
}

/** Reads a stored history. Throws `history-unreadable` with the line number for anything but a cut last line. */
export function readHistory(file: string): History {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new HachaosError("history-unreadable", `cannot read the history ${file}: ${messageOf(error)}`, { cause: error });
  }
  return parseHistory(text, file);
}

/** The same for text already read; `file` is for messages. */
export function parseHistory(text: string, file: string): History {
  const history: History = { events: [], truncated: null, unknownTypes: {} };
  const lines = text.split("\n");
  // What follows the last newline: "" when the file is complete.
  const tail = lines.pop() ?? "";
  for (const [index, line] of lines.entries()) addLine(history, line, index + 1, file);
  if (tail !== "") addTail(history, tail, lines.length + 1, file);
  if (history.events.length === 0 && text.trim() !== "") throw unreadable(file, 1, "no event of a hachaos history in it");
  history.events.sort((a, b) => a.atUs - b.atUs);
  return history;
}

/** The first event of a type, or null. */
export function firstOf<T extends EventType>(events: readonly HistoryEvent[], type: T): EventOf<T> | null {
  return (events.find((event) => event.type === type) as EventOf<T> | undefined) ?? null;
}

/** All events of a type, in order. */
export function allOf<T extends EventType>(events: readonly HistoryEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}

function addTail(history: History, tail: string, line: number, file: string): void {
  try {
    JSON.parse(tail);
  } catch {
    history.truncated = { line, text: tail };
    return;
  }
  addLine(history, tail, line, file);
}

function addLine(history: History, text: string, line: number, file: string): void {
  if (text.trim() === "") return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(file, line, messageOf(error));
  }
  const type = typeOf(value);
  if (type === null) throw unreadable(file, line, "not an event");
  if (!Object.hasOwn(schemas, type)) {
    history.unknownTypes[type] = (history.unknownTypes[type] ?? 0) + 1;
    return;
  }
  const parsed = historyEvent.safeParse(value);
  if (!parsed.success) throw unreadable(file, line, z.prettifyError(parsed.error));
  history.events.push(parsed.data);
}

function typeOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("type" in value)) return null;
  return typeof value.type === "string" ? value.type : null;
}

function unreadable(file: string, line: number, why: string): HachaosError {
  return new HachaosError("history-unreadable", `${file}:${String(line)}: ${why}`);
}
