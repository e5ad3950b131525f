import { EXIT, HachaosError } from "../kernel/errors.js";
import type { Terminal } from "./terminal/terminal.js";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What is said at the first Ctrl-C, and at the second one. */
export interface InterruptWords {
  stopping: string;
  left: string;
}

/** Of work that owns its lab. */
const TEARING_DOWN: InterruptWords = {
  stopping: "interrupted: healing, keeping the evidence, removing the lab; once more to stop at once",
  left: "stopped at once; this removes what is left: hachaos down --all",
};

/**
 * Gives `work` a signal that Ctrl-C aborts: it then heals, keeps the evidence and tears down. The second Ctrl-C ends the
 * process at once and says how to clean up.
 */
export async function untilInterrupted<T>(
  terminal: Pick<Terminal, "progress">,
  work: (signal: AbortSignal) => Promise<T>,
  words: InterruptWords = TEARING_DOWN,
): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) leaveNow(terminal, words);
    terminal.progress(words.stopping);
    stop.abort(new HachaosError("interrupted", "interrupted"));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work(stop.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

function leaveNow(terminal: Pick<Terminal, "progress">, { left }: InterruptWords): never {
  terminal.progress(left);
  process.exit(EXIT.interrupted);
}
