const SIGNALS: readonly (string | symbol)[] = ["SIGINT", "SIGTERM"];

/**
 * Whoever comes to listen for a signal that ends a process while `work` goes on is sent away before one can reach it. vitest listens from the
 * middle of its loading on, and exits at once: a run that is stopped then would leave its history unjudged, and no report.
 */
export async function withOwnSignals<T>(work: () => Promise<T>): Promise<T> {
  const onNewListener = (event: string | symbol, listener: (...args: unknown[]) => void): void => {
    // Told before it is added (Node's events, 'newListener'); signals are handed out by the event loop, which ticks go before.
    if (SIGNALS.includes(event)) process.nextTick(() => process.off(event, listener));
  };
  process.on("newListener", onNewListener);
  try {
    return await work();
  } finally {
    process.off("newListener", onNewListener);
  }
}
