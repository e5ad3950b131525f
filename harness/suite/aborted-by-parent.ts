let controller: AbortController | undefined;

/**
 * Aborts when the run is to stop: Ctrl-C reaches every process of the terminal, `hachaos run` forwards a signal that
 * it alone got, and when it is killed our channel to it closes. In each case the tests heal and tear down first.
 */
export function abortedByParent(): AbortSignal {
  if (!controller) {
    const made = (controller = new AbortController());
    const abort = () => {
      made.abort();
    };
    process.on("SIGINT", abort);
    process.on("disconnect", abort);
  }
  return controller.signal;
}
