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

export function thisMachine(): Machine {
  return { cpus: availableParallelism(), memoryMb: Math.floor(totalmem() / 1e6) };
}

/** How many labs may work side by side without disturbing what is measured; the next one is built besides. */
export function recommendedCells({ cpus, memoryMb }: Machine): CellAdvice {
  const [byCores, byMemory] = [Math.floor(cpus * CELLS_PER_CORE), Math.floor(memoryMb / LAB_MB) - 1];
  const cells = Math.max(1, Math.min(byCores, byMemory));
  const why =
    byMemory < byCores ? `${memoryMb} MB of memory, ${LAB_MB} MB for each lab and the one that is built meanwhile` : `${cpus} cores`;
  return { cells, why };
}
