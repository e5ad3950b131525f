import type { Host } from "../../lab/lab.js";

/** Wall clock minus CLOCK_MONOTONIC in microseconds, known to within `errorUs` either way. */
export interface ClockOffset {
  us: number;
  errorUs: number;
}

/**
 * Date.now() has whole milliseconds: the true time of its step lies between two readings of CLOCK_MONOTONIC, and of many steps
 * the one with the closest readings is taken.
 */
const SCRIPT = `
let best = { us: 0, errorUs: Infinity };
const until = process.hrtime.bigint() + 100_000_000n;
for (let last = Date.now(), before = process.hrtime.bigint(); before < until; ) {
  const start = process.hrtime.bigint(), wall = Date.now(), end = process.hrtime.bigint();
  const errorUs = Number(end - before) / 2000;
  if (wall !== last && errorUs < best.errorUs) best = { us: wall * 1000 - Number(end + before) / 2000, errorUs };
  [last, before] = [wall, start];
}
console.log(JSON.stringify(best));`;

export async function wallClockOffset(host: Host): Promise<ClockOffset> {
  return JSON.parse((await host.exec(["node", "-e", SCRIPT])).stdout) as ClockOffset;
}
