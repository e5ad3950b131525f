import { expect, test } from "vitest";
import { recommendedCells } from "./recommended-cells.js";

test.each([
  [{ cpus: 2, memoryMb: 24_000 }, 2, "2 cores"],
  [{ cpus: 16, memoryMb: 64_000 }, 16, "16 cores"],
  [{ cpus: 16, memoryMb: 8_000 }, 7, "8000 MB of memory, 1000 MB for each lab and the one that is built meanwhile"],
  [{ cpus: 1, memoryMb: 1_000 }, 1, "1000 MB of memory, 1000 MB for each lab and the one that is built meanwhile"],
])("%j: %i", (machine, cells, why) => {
  expect(recommendedCells(machine)).toEqual({ cells, why: expect.stringContaining(why) as string });
});
