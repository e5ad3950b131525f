/** Ctrl-C and a closed terminal reach every process of the terminal; SIGTERM is how a CI job is stopped. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const controller = new AbortController();
/** Aborts when the run is to stop. */
export const stopAsked: AbortSignal = controller.signal;

/**
 * From now on a signal only asks to stop (`hachaos run` forwards one that it alone got), so that the tests heal and tear
 * down first. When `hachaos run` is killed, our channel to it closes: then this process tears down and ends by itself.
 * Returns how to leave it at that.
 */
export function heedParent(tearDown: () => Promise<void>): () => undefined {
  const stop = () => {
    controller.abort();
  };
  const orphaned = () => {
    // vitest has nobody left to report to and would exit at the first attempt (its init-forks.js, onError).
    process.removeAllListeners("error");
    process.on("error", () => undefined);
    stop();
    // vitest also puts an error in place of process.exit.
    void tearDown().finally(() => process.kill(process.pid, "SIGKILL"));
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  process.on("disconnect", orphaned);
  return () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    process.off("disconnect", orphaned);
    return undefined;
  };
}
