import { setTimeout as after } from "node:timers/promises";
import { HachaosError, type ErrorCode } from "./errors.js";

/** What a look at the condition gave: done with a value, or what was seen instead. */
export type Look<T> = { done: true; value: T } | { done: false; seen: string };

export interface WaitOptions {
  timeoutMs: number;
  /** Pause between two looks; 100 ms unless told. */
  everyMs?: number;
  signal?: AbortSignal | undefined;
  /** Code of the error when the time is over; `timed-out` unless told. */
  code?: ErrorCode;
}

/**
 * Looks again and again until the condition holds. Throws with what was last seen when the time (ms) is over,
 * and `interrupted` when the signal is aborted.
 */
export async function waitUntil<T>(what: string, look: () => Promise<Look<T>> | Look<T>, options: WaitOptions): Promise<T> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    if (options.signal?.aborted) throw new HachaosError("interrupted", `interrupted while waiting until ${what}`);
    const found = await look();
    if (found.done) return found.value;
    if (performance.now() >= deadline) {
      throw new HachaosError(options.code ?? "timed-out", `not within ${options.timeoutMs / 1000} s: ${what}; last seen: ${found.seen}`);
    }
    await pause(options.everyMs ?? 100, options.signal);
  }
}

/** Lets a stated time pass, for watching windows; throws `interrupted` at once when the signal is aborted. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await after(ms, undefined, signal ? { signal } : {});
  } catch (cause) {
    throw new HachaosError("interrupted", "interrupted", { cause });
  }
}
