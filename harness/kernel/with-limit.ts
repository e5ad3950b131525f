import { setTimeout as after } from "node:timers/promises";

/** The work's outcome, or an error in these words when it is not there within `limitMs`. The work itself is not stopped. */
export async function withLimit<T>(work: Promise<T>, limitMs: number, words = "no answer"): Promise<T> {
  const over = new AbortController();
  const limit = after(limitMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`${words} within ${limitMs / 1000} s`);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    over.abort();
    limit.catch(() => undefined);
  }
}
