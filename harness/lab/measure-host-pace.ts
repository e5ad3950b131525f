import type { Host } from "./lab.js";
import { QUICK_START_MS, START_PROGRAMS, STARTS, timed } from "./shell-work.js";

const TIMES = 10;

/**
 * How many times longer a program's start takes on a host than on cores like those that limits were measured on, at least 1: of agents, which are shell, it
 * is most of the work. The best of some rounds counts, because this is about the cores: nothing is forgiven for what else is done on them. Also 1 where it
 * cannot be told, because a clock does not tell nanoseconds (`date +%N` is not POSIX).
 */
export async function measureHostPace(host: Host): Promise<number> {
  const { stdout } = await host.exec(["sh", "-c", `for round in $(seq ${TIMES}); do ${timed(START_PROGRAMS)}; done`]);
  const bestNs = Math.min(...stdout.trim().split("\n").map(Number));
  const pace = Math.round((bestNs / 1e6 / STARTS / QUICK_START_MS) * 10) / 10;
  return Number.isFinite(pace) ? Math.max(1, pace) : 1;
}
