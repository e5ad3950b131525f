import { monitorEventLoopDelay } from "node:perf_hooks";

/** As often as the agents tell theirs (probe/agents/report-load.ts), and as finely watched. */
const EVERY_MS = 5_000;
const RESOLUTION_MS = 50;

/** Tells what this process costs while it follows a lab, and how long it was kept from its work; returns how to stop. Times in ms. */
export function watchOwnLoad(tell: (load: { overMs: number; cpuMs: number; lagMs: number }) => void): () => void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let [lastMs, lastCpu] = [performance.now(), process.cpuUsage()];
  const timer = setInterval(() => {
    const [atMs, spent] = [performance.now(), process.cpuUsage(lastCpu)];
    tell({ overMs: atMs - lastMs, cpuMs: (spent.user + spent.system) / 1000, lagMs: Math.max(0, delays.max / 1e6 - RESOLUTION_MS) });
    delays.reset();
    [lastMs, lastCpu] = [atMs, process.cpuUsage()];
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    delays.disable();
  };
}
