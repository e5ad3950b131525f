const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Lets work go on until Ctrl-C, until nobody reads our output any more (`| head`), or until it ends by itself. There is nothing to
 * heal: it only watches.
 */
export async function untilTold(work: (signal: AbortSignal) => Promise<unknown>): Promise<"told" | "over"> {
  const stop = new AbortController();
  const heard = { signal: false };
  const onSignal = () => {
    heard.signal = true;
    stop.abort();
  };
  const onUnread = () => stop.abort();
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.stdout.on("error", onUnread);
  try {
    await work(stop.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.stdout.off("error", onUnread);
  }
  return heard.signal ? "told" : "over";
}
