import { median } from "simple-statistics";
import type { Host } from "./lab.js";
import { START_PROGRAMS, timed } from "./shell-work.js";

const TIMES = 5;

/**
 * What agents spend their time on: a shell that starts programs, and what the programs compute. Emulation makes the two slower by different factors, and no
 * machine is slow at both alike: where the host itself starts programs slowly, an emulated node took 2.6 times as long for that and 10 times as long to
 * count, and its agents 5 times as long (start and stop of IPaddr2, apache's start and monitor, medians of a run each). 25,000 steps take a
 * container there as long as the starts.
 */
const WORK = timed(START_PROGRAMS, "left=25000; while [ $left -gt 0 ]; do left=$((left - 1)); done");

/**
 * How many times longer the same work takes on nodes than on a host beside them, at least 1. The nodes do it at once, as in a failover, because they may
 * share a machine, and the slowest counts; of some rounds the median. Also 1 where it cannot be told, because a clock does not tell
 * nanoseconds (`date +%N` is not POSIX).
 */
export async function measurePace(nodes: readonly Host[], beside: Host): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < TIMES; round += 1) {
    const onNodes = await Promise.all(nodes.map(workNs));
    ratios.push(Math.max(...onNodes) / (await workNs(beside)));
  }
  const ratio = Math.round(median(ratios) * 10) / 10;
  return Number.isFinite(ratio) ? Math.max(1, ratio) : 1;
}

async function workNs(host: Host): Promise<number> {
  return Number((await host.exec(["sh", "-c", WORK])).stdout);
}
