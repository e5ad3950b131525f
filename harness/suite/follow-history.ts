import { closeSync, openSync, readSync } from "node:fs";
import { historyEvent, type HistoryEvent } from "../history/event.js";

/** Live progress needs no more than ten pictures a second. */
const LOOK_EVERY_MS = 100;

/** Reads a history while others write it; returns how to stop, after a last look. */
export function followHistory(file: string, onEvent: (event: HistoryEvent) => void): () => void {
  const descriptor = openSync(file, "r");
  const chunk = Buffer.alloc(256 * 1024);
  let pending = Buffer.alloc(0);
  const look = () => {
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
      pending = Buffer.concat([pending, chunk.subarray(0, read)]);
    }
    const end = pending.lastIndexOf("\n") + 1;
    for (const line of pending.subarray(0, end).toString("utf8").split("\n")) {
      const event = line === "" ? undefined : historyEvent.safeParse(JSON.parse(line));
      if (event?.success) onEvent(event.data);
    }
    pending = pending.subarray(end);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
    closeSync(descriptor);
  };
}
