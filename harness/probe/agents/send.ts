/** Sends one message to hachaos: a line of JSON with the time it was made, CLOCK_MONOTONIC in microseconds. */
export function send(message: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ us: nowUs(), ...message })}\n`);
}

export function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Ends this process when hachaos closes our standard input or dies, so that nothing of ours is left in the lab. */
export function endWithStdin(cleanUp: () => void): void {
  const end = () => {
    cleanUp();
    process.exit(0);
  };
  process.stdin.on("end", end).on("close", end).resume();
}

/** The configuration hachaos gave us as the first argument. */
export function configuration(): unknown {
  return JSON.parse(process.argv[2] ?? "{}");
}
