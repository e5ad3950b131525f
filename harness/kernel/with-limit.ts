import { setTimeout as after } from "node:timers/promises";

/** The work's outcome, or this error (or one in these words) when it is not there within `limitMs`. The work itself is not stopped. */
export async function withLimit<T>(work: Promise<T>, limitMs: number, otherwise: string | Error = "no answer"): Promise<T> {
  const over = new AbortController();
  const limit = after(limitMs, undefined, { signal: over.signal }).then(() => {
    throw typeof otherwise === "string" ? new Error(`${otherwise} within ${limitMs / 1000} s`) : otherwise;
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    over.abort();
    limit.catch(() => undefined);
  }
}
