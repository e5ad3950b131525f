import { EXIT, HachaosError } from "../kernel/errors.js";
import type { Terminal } from "./terminal/terminal.js";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Gives `work` a signal that Ctrl-C aborts: it then heals, keeps the evidence and tears down. The second Ctrl-C ends the
 * process at once and says how to clean up.
 */
export async function untilInterrupted<T>(terminal: Pick<Terminal, "progress">, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) leaveNow(terminal);
    terminal.progress("interrupted: healing, keeping the evidence, removing the lab; once more to stop at once");
    stop.abort(new HachaosError("interrupted", "interrupted"));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work(stop.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

function leaveNow(terminal: Pick<Terminal, "progress">): never {
  terminal.progress("stopped at once; this removes what is left: hachaos down --all");
  process.exit(EXIT.interrupted);
}
