import { configDefaults, defineConfig } from "vitest/config";

const BROWSER = "harness/**/*.browser.test.ts";
const LAB = "harness/**/*.lab.test.ts";
const GROUND_TRUTH = "harness/ground-truth/*.lab.test.ts";
const PHASES = "harness/robustness/phases.lab.test.ts";
const OTHER_CLUSTER = "harness/portability/other-*.lab.test.ts";
/** These have several labs at once by what they are about: nothing for a machine that has room for one. */
const SEVERAL_LABS = ["cells", "kills", "side-by-side", "spares"].map((about) => `harness/robustness/${about}.lab.test.ts`);
const VIRTUAL = "harness/portability/virtual-*.lab.test.ts";

/** How many files with labs may be side by side; a number in a project's settings wins over --maxWorkers. */
const LABS = Number(process.env["HACHAOS_LABS"] ?? 2);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["harness/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: [...configDefaults.exclude, BROWSER, LAB],
          // No test is there to be timed: how fast a thing is, the bench says. A busy machine may take its time.
          testTimeout: 30_000,
        },
      },
      { test: { name: "browser", include: [BROWSER], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false } },
      {
        // Needs the real engine. A lab spends most of its time waiting for the daemons' own clocks.
        test: {
          name: "lab",
          include: [LAB],
          exclude: [...configDefaults.exclude, GROUND_TRUTH, PHASES, OTHER_CLUSTER, VIRTUAL, ...(LABS > 1 ? [] : SEVERAL_LABS)],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          maxWorkers: LABS,
          pool: "forks",
        },
      },
      // Alone, one after the other: what is reported is held against what packets show, to the millisecond, phases have evidence at both ends, and a
      // cluster with a token of half the maquette's is held to its promises. Beside five labs that are built, its nodes lost each other.
      {
        test: {
          name: "alone",
          include: [GROUND_TRUTH, PHASES, OTHER_CLUSTER],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
      // Alone: an emulated processor needs a whole one of ours.
      { test: { name: "virtual", include: [VIRTUAL], testTimeout: 1_200_000, hookTimeout: 1_200_000, fileParallelism: false } },
    ],
  },
});
