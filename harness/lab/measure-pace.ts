import { median } from "simple-statistics";
import type { Host } from "./lab.js";

const TIMES = 5;
const FORKS = 20;

/** What agents spend their time on: a shell that starts commands. Prints how long that took, ns, by the machine's own clock. */
const WORK = `
started=$(date +%s%N); left=${FORKS}
while [ $left -gt 0 ]; do /bin/true; left=$((left - 1)); done
echo $(($(date +%s%N) - started))`;

/**
 * How many times longer the same work takes on one than on the other, at least 1: the median of some rounds, in each of which both do it. Also
 * 1 where it cannot be told, because a clock does not tell nanoseconds (`date +%N` is not POSIX).
 */
export async function measurePace(node: Host, beside: Host): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < TIMES; round += 1) ratios.push((await workNs(node)) / (await workNs(beside)));
  const ratio = Math.round(median(ratios) * 10) / 10;
  return Number.isFinite(ratio) ? Math.max(1, ratio) : 1;
}

async function workNs(host: Host): Promise<number> {
  return Number((await host.exec(["sh", "-c", WORK])).stdout);
}
