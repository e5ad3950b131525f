import { z } from "zod";

/** One part of a run that several machines share: which one it is, and the whole plan, so that a merge finds what no part ran. */
export const shardOf = z.object({
  /** From 1 to `count`. */
  index: z.int(),
  count: z.int(),
  /** Every test of the plan with the shard that runs it. */
  tests: z.array(z.object({ suite: z.string(), test: z.string(), shard: z.int() })),
  /** Where the durations came from by which the plan was split. */
  balancedBy: z.string(),
});
export type ShardFacts = z.infer<typeof shardOf>;

/** How a run began: the first line of its history. */
export const runBegan = z.object({
  runId: z.string(),
  /** Wall clock, ISO 8601. */
  startedAt: z.string(),
  seed: z.number(),
  provider: z.string(),
  argv: z.array(z.string()),
  host: z.object({ kernel: z.string(), cpus: z.int(), memoryMb: z.int(), load1: z.number(), node: z.string(), hachaos: z.string() }),
  shard: shardOf.optional(),
  /** Every test it was to do, in the order in which they are declared. */
  plan: z.array(z.object({ suite: z.string(), test: z.string(), trials: z.int() })).optional(),
  /** How many labs were to work side by side. */
  cells: z.int().optional(),
});
export type RunBegan = z.infer<typeof runBegan>;
