/** Sends one message to hachaos: a line of JSON with the time it was made, CLOCK_MONOTONIC in microseconds. */
export function send(message: Record<string, unknown>): void {
  process.stdout.write(line(message));
}

/** Many messages, sent together: each write costs every process between here and hachaos a turn. */
export function batch(everyMs: number): { add(message: Record<string, unknown>): void; flushWhenDue(): void; flush(): void } {
  let waiting = "";
  let sentUs = nowUs();
  const flush = () => {
    if (waiting !== "") process.stdout.write(waiting);
    waiting = "";
    sentUs = nowUs();
  };
  return {
    add(message) {
      waiting += line(message);
    },
    flushWhenDue() {
      if (nowUs() - sentUs >= everyMs * 1000) flush();
    },
    flush,
  };
}

function line(message: Record<string, unknown>): string {
  return `${JSON.stringify({ us: nowUs(), ...message })}\n`;
}

export function nowUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + Math.floor(nanoseconds / 1000);
}

/**
 * Ends this process when hachaos closes our standard input or dies, so that nothing of ours is left in the lab. Until then whoever asks there
 * is told the time, with which another machine's clock is compared (lab/ssh/clocked-agent.ts).
 */
export function endWithStdin(cleanUp: () => void): void {
  const end = () => {
    cleanUp();
    process.exit(0);
  };
  process.stdin.on("end", end).on("close", end);
  process.stdin.on("data", () => {
    send({ time: nowUs() });
  });
}

/** The configuration hachaos gave us as the first argument. */
export function configuration(): unknown {
  return JSON.parse(process.argv[2] ?? "{}");
}
