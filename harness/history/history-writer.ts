import { closeSync, openSync, writeSync } from "node:fs";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { monotonicUs } from "../kernel/monotonic-clock.js";
import type { HistoryEvent } from "./event.js";

/** An event as its author gives it: without `atUs` it happens now. */
export type NewEvent = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, "atUs"> & { atUs?: number } : never) : never;

export interface HistoryWriter {
  readonly file: string;
  /** CLOCK_MONOTONIC at `atUs` 0, in microseconds. */
  readonly baseUs: number;
  /** Microseconds since the run started. */
  nowUs(): number;
  /** A CLOCK_MONOTONIC reading (microseconds) of the same kernel, on the run's axis. */
  toRunUs(monotonicUs: number): number;
  write(event: NewEvent): void;
  close(): void;
}

/**
 * Opens (or continues) a history. Every line is one synchronous append, so a SIGKILL leaves all complete lines and
 * several processes may write to the same file. `baseUs` is given when joining a run that another process started.
 * Throws `no-disk-space` when the disk is full and `history-unreadable` when the file cannot be opened.
 */
export function openHistory(file: string, options: { baseUs?: number } = {}): HistoryWriter {
  const baseUs = options.baseUs ?? monotonicUs();
  const nowUs = () => monotonicUs() - baseUs;
  const fd = open(file);
  return {
    file,
    baseUs,
    nowUs,
    toRunUs: (us) => Math.round(us) - baseUs,
    write: (event) => {
      append(fd, file, `${JSON.stringify({ ...event, atUs: event.atUs ?? nowUs() })}\n`);
    },
    close: () => {
      closeSync(fd);
    },
  };
}

function open(file: string): number {
  try {
    // "a" is O_APPEND: the kernel places each write at the end, whoever else is writing (open(2)).
    return openSync(file, "a");
  } catch (error) {
    throw new HachaosError("history-unreadable", `cannot write the history ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function append(fd: number, file: string, line: string): void {
  try {
    // One write(2) per line. A regular file takes less than asked only when the disk is full; the next write then says so.
    const bytes = Buffer.from(line);
    let written = 0;
    while (written < bytes.length) written += writeSync(fd, bytes, written);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    throw new HachaosError("no-disk-space", `no space left for the history ${file}`, { cause: error });
  }
}
