import type { Engine } from "../../lab/engine.js";

/** A lab takes about 10 s of a core to build, spread over 17: measured, one for each core is built hardly slower than one alone. */
const PER_CORE = 1;
/** What an idle two-node lab takes, MiB (docs/labs.md). */
const LAB_MB = 450;

/** How many labs are built side by side. */
export function labsAtOnce({ cpus, memoryMb }: Pick<Engine, "cpus" | "memoryMb">): number {
  return Math.max(1, Math.min(cpus * PER_CORE, Math.floor(memoryMb / LAB_MB)));
}
