import type { Engine } from "../../lab/engine.js";
import { LAB_MB } from "../../lab/lab-mb.js";

/** How many labs are built side by side: one for each core, as a lab takes about 10 s of one (measured) within the 17 s that its daemons need. */
export function labsAtOnce({ cpus, memoryMb }: Pick<Engine, "cpus" | "memoryMb">): number {
  return Math.max(1, Math.min(cpus, Math.floor(memoryMb / LAB_MB)));
}
