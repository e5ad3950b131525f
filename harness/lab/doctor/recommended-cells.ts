import { execFileSync } from "node:child_process";
import { availableParallelism, totalmem } from "node:os";
import { median } from "simple-statistics";
import { LAB_MB } from "../lab-mb.js";
import { QUICK_START_MS, START_PROGRAMS, STARTS } from "../shell-work.js";

/** What a lab needs of a machine. */
export interface Machine {
  cpus: number;
  memoryMb: number;
  /** How long it takes to start a program, ms: the smallest part of what agents do. */
  startMs: number;
}

export interface CellAdvice {
  cells: number;
  /** Whether the next suite's lab may be built while these work. */
  ahead: boolean;
  /** In words, with the figures. */
  why: string;
}

/** With as many the median gap moved by 1.0 %, with twice as many by 4.2 %, with four times as many by 43 % (npm run bench -- cells, docs/cells.md). */
const CELLS_PER_CORE = 1;

/**
 * An emulated node is one busy thread while it boots and whenever its cluster moves: both nodes of a pair want a core then. QEMU holds
 * its guest's 640 MiB, 620 MB of which were seen in use; the other hosts need as much as in containers (docs/vm.md).
 */
const VM_LAB = { perCore: 0.5, labMb: 2_200 };

export function thisMachine(): Machine {
  const rounds = Array.from({ length: 5 }, () => {
    const began = performance.now();
    execFileSync("sh", ["-c", START_PROGRAMS]);
    return performance.now() - began;
  });
  return { cpus: availableParallelism(), memoryMb: Math.floor(totalmem() / 1e6), startMs: median(rounds) / STARTS };
}

/**
 * How many labs may work side by side without disturbing what is measured. The next one is built besides, but for machines that boot, and where
 * programs start slowly: these take from the labs at work what those have timers for.
 */
export function recommendedCells({ cpus, memoryMb, startMs }: Machine, provider = "containers"): CellAdvice {
  const { perCore, labMb } = provider === "vm" ? VM_LAB : { perCore: CELLS_PER_CORE, labMb: LAB_MB };
  // Where it took 2.1 ms one lab of two nodes kept a core half busy, and of two side by side neither kept its limits.
  const slow = startMs > QUICK_START_MS;
  const byCores = Math.floor((cpus * perCore * QUICK_START_MS) / Math.max(QUICK_START_MS, startMs));
  const byMemory = Math.floor(memoryMb / labMb) - 1;
  const cells = Math.max(1, Math.min(byCores, byMemory));
  const ahead = provider !== "vm" && !slow;
  if (byMemory < byCores)
    return { cells, ahead, why: `${memoryMb} MB of memory, ${labMb} MB for each lab and the one that is built meanwhile` };
  return { cells, ahead, why: slow ? `${cpus} cores, slow ones: a program starts in ${startMs.toFixed(1)} ms` : `${cpus} cores` };
}
