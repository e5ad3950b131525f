import { expect, test } from "vitest";
import { recommendedCells, thisMachine } from "./recommended-cells.js";

test.each([
  [{ cpus: 2, memoryMb: 24_000, startMs: 0.6 }, 2, true, "2 cores"],
  [{ cpus: 16, memoryMb: 64_000, startMs: 1 }, 16, true, "16 cores"],
  [{ cpus: 16, memoryMb: 8_000, startMs: 0.6 }, 7, true, "8000 MB of memory, 1000 MB for each lab and the one that is built meanwhile"],
  [{ cpus: 1, memoryMb: 1_000, startMs: 0.6 }, 1, true, "1000 MB of memory, 1000 MB for each lab and the one that is built meanwhile"],
  [{ cpus: 2, memoryMb: 24_000, startMs: 2.1 }, 1, false, "2 cores, slow ones: a program starts in 2.1 ms"],
  [{ cpus: 16, memoryMb: 64_000, startMs: 2.1 }, 7, false, "16 cores, slow ones"],
])("%j: %i cells, another ahead: %s", (machine, cells, ahead, why) => {
  expect(recommendedCells(machine)).toEqual({ cells, ahead, why: expect.stringContaining(why) as string });
});

test("virtual machines: a cell for two cores, and none ahead", () => {
  expect(recommendedCells({ cpus: 4, memoryMb: 24_000, startMs: 0.6 }, "vm")).toEqual({ cells: 2, ahead: false, why: "4 cores" });
});

test("this machine starts a program in a time that is neither nothing nor a second", () => {
  const { startMs } = thisMachine();
  expect(startMs).toBeGreaterThan(0.01);
  expect(startMs).toBeLessThan(1_000);
});
