import { availableParallelism, totalmem } from "node:os";
import { LAB_MB } from "../lab-mb.js";

/** What a lab needs of a machine. */
export interface Machine {
  cpus: number;
  memoryMb: number;
}

export interface CellAdvice {
  cells: number;
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
  return { cpus: availableParallelism(), memoryMb: Math.floor(totalmem() / 1e6) };
}

/** How many labs may work side by side without disturbing what is measured; the next one is built besides. */
export function recommendedCells({ cpus, memoryMb }: Machine, provider = "containers"): CellAdvice {
  const { perCore, labMb } = provider === "vm" ? VM_LAB : { perCore: CELLS_PER_CORE, labMb: LAB_MB };
  const [byCores, byMemory] = [Math.floor(cpus * perCore), Math.floor(memoryMb / labMb) - 1];
  const cells = Math.max(1, Math.min(byCores, byMemory));
  const why =
    byMemory < byCores ? `${memoryMb} MB of memory, ${labMb} MB for each lab and the one that is built meanwhile` : `${cpus} cores`;
  return { cells, why };
}
