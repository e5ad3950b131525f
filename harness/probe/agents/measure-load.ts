import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

/** What this process and the commands it ran cost over a time, and the longest that its event loop was kept from its work; ms. */
export interface Load {
  overMs: number;
  cpuMs: number;
  lagMs: number;
}

/** Often enough to see a load that comes and goes with a failover, and next to nothing beside what it measures. */
const EVERY_MS = 5_000;
/** How finely the event loop is watched: a delay shorter than this matters to nobody here, and each look wakes the process. */
const RESOLUTION_MS = 50;
/** sysconf(_SC_CLK_TCK), 100 on every Linux. */
const TICK_MS = 10;

/** Tells every few seconds what this process costs; returns how to stop. */
export function measureLoad(tell: (load: Load) => void): () => void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let [lastMs, lastCpuMs] = [performance.now(), cpuMs()];
  const timer = setInterval(() => {
    const [atMs, nowCpuMs] = [performance.now(), cpuMs()];
    const lagMs = Math.max(0, delays.max / 1e6 - RESOLUTION_MS);
    tell({ overMs: round(atMs - lastMs), cpuMs: round(nowCpuMs - lastCpuMs), lagMs: round(lagMs) });
    delays.reset();
    [lastMs, lastCpuMs] = [atMs, nowCpuMs];
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    delays.disable();
  };
}

/** Our own time by getrusage(2), and that of the commands that have ended by proc(5): cutime and cstime, fields 16 and 17. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (user + system) / 1000 + (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
