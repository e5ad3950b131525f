/** Ctrl-C and a closed terminal reach every process of the terminal; SIGTERM is how a CI job is stopped. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const controller = new AbortController();
/** Aborts when the run is to stop. */
export const stopAsked: AbortSignal = controller.signal;

const stop = () => {
  controller.abort();
};
// From the process's first moment on (run-by-vitest.ts loads this before all else): ended by a signal while it loads, vitest would wait for it.
for (const signal of SIGNALS) process.on(signal, stop);
// `hachaos run` is gone: nothing is to be begun.
process.on("disconnect", stop);

/**
 * A signal only asks to stop (`hachaos run` forwards one that it alone got), so that the tests heal and tear down first. From now on,
 * when `hachaos run` is killed, our channel to it closes: then this process tears down and ends by itself. Returns how to leave it at that.
 */
export function heedParent(tearDown: () => Promise<void>): () => undefined {
  const orphaned = () => {
    // vitest has nobody left to report to and would exit at the first attempt (its init-forks.js, onError).
    process.removeAllListeners("error");
    process.on("error", () => undefined);
    stop();
    // vitest also puts an error in place of process.exit.
    void tearDown().finally(() => process.kill(process.pid, "SIGKILL"));
  };
  process.on("disconnect", orphaned);
  return () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    process.off("disconnect", orphaned).off("disconnect", stop);
    return undefined;
  };
}
