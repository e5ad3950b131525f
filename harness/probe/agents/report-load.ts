import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { nowUs, send } from "./send.js";

/** Often enough to see a load that comes and goes with a failover, and next to nothing beside what it measures. */
const EVERY_MS = 5_000;
/** How finely the event loop is watched: a delay shorter than this matters to nobody here, and each look wakes the process. */
const RESOLUTION_MS = 50;
/** sysconf(_SC_CLK_TCK), 100 on every Linux. */
const TICK_MS = 10;

/** Tells every few seconds what this agent and the commands it runs cost, and how long its event loop was kept from its work. */
export function reportLoad(): void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let [lastUs, lastCpuMs] = [nowUs(), cpuMs()];
  setInterval(() => {
    const [atUs, nowCpuMs] = [nowUs(), cpuMs()];
    const lagMs = Math.max(0, delays.max / 1e6 - RESOLUTION_MS);
    send({ load: { overMs: (atUs - lastUs) / 1000, cpuMs: round(nowCpuMs - lastCpuMs), lagMs: round(lagMs) } });
    delays.reset();
    [lastUs, lastCpuMs] = [atUs, nowCpuMs];
  }, EVERY_MS);
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
