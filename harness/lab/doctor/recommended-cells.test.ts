import { expect, test } from "vitest";
import { recommendedCells, thisMachine } from "./recommended-cells.js";

test.each([
  [{ cpus: 2, memoryMb: 24_000, startMs: 0.6 }, 2, "2 cores"],
  [{ cpus: 16, memoryMb: 64_000, startMs: 1 }, 16, "16 cores"],
  [{ cpus: 16, memoryMb: 8_000, startMs: 0.6 }, 7, "8000 MB of memory, 1000 MB for each lab and the one that is built meanwhile"],
  [{ cpus: 1, memoryMb: 1_000, startMs: 0.6 }, 1, "1000 MB of memory, 1000 MB for each lab and the one that is built meanwhile"],
  [{ cpus: 2, memoryMb: 24_000, startMs: 2.1 }, 1, "2 cores, slow ones: a program starts in 2.1 ms"],
  [{ cpus: 16, memoryMb: 64_000, startMs: 2.1 }, 7, "16 cores, slow ones"],
])("%j: %i", (machine, cells, why) => {
  expect(recommendedCells(machine)).toEqual({ cells, why: expect.stringContaining(why) as string });
});

test("this machine starts a program in a time that is neither nothing nor a second", () => {
  const { startMs } = thisMachine();
  expect(startMs).toBeGreaterThan(0.01);
  expect(startMs).toBeLessThan(1_000);
});
