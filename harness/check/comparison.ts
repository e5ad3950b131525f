import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { sampleStatistics } from "../timing/statistics.js";
import { leftOut } from "./results.js";

/** What a row of a comparison can say. */
export const DIFFERENCES = ["slower", "faster", "within noise", "no difference seen", "too few runs"] as const;
export type Difference = (typeof DIFFERENCES)[number];

const comparedRun = z.object({
  id: z.string(),
  startedAt: z.string(),
  /** All runs whose trials were pooled, oldest first, when there are several; `id` is the newest of them. */
  runs: z.array(z.string()).optional(),
});
const times = z.array(z.number().nullable());

export const comparisonRow = z.object({
  suite: z.string(),
  test: z.string(),
  what: z.enum(["gap", "failback", "phase"]),
  /** The phase's name; null for gap and failback. */
  phase: z.string().nullable(),
  verdict: z.enum(DIFFERENCES),
  /** Hodges-Lehmann estimate: how much longer the current run takes. Null: one side has no end, or no trials. */
  shiftMs: z.number().nullable(),
  /** The shift lies in `lowMs` to `highMs` with at least the probability `level`; null: that end is open. */
  lowMs: z.number().nullable(),
  highMs: z.number().nullable(),
  level: z.number(),
  /** Of the two-sided rank test, and after Benjamini and Hochberg's correction for all rows; null: too few runs. */
  p: z.number().nullable(),
  adjustedP: z.number().nullable(),
  /** A smaller shift says nothing: the larger of twice the resolution, 5 % of the baseline's median, and the spread of the pooled runs. */
  noiseFloorMs: z.number(),
  baseline: sampleStatistics,
  current: sampleStatistics,
  /** Every trial; null: it never came back while watched. */
  baselineMs: times,
  currentMs: times,
});
export type ComparisonRow = z.infer<typeof comparisonRow>;

/** `comparison.json`: a run against another one, or several. Times in ms, a positive shift is slower. */
export const comparison = z.object({
  schema: z.literal("hachaos/comparison@1"),
  baseline: comparedRun,
  current: comparedRun,
  /** Share of false alarms among the rows called slower or faster that is accepted: 0.05. */
  falseAlarms: z.number(),
  /** What differs between the two runs besides the times; empty: nothing that is recorded. */
  changed: z.array(z.object({ what: z.string(), from: z.string(), to: z.string() })),
  rows: z.array(comparisonRow),
  /** Trials that are no samples, by side. */
  leftOut: z.object({
    baseline: z.array(leftOut.extend({ run: z.string(), suite: z.string(), test: z.string() })),
    current: z.array(leftOut.extend({ run: z.string(), suite: z.string(), test: z.string() })),
  }),
  /** Tests that only one side has, as `suite › test`. */
  onlyIn: z.object({ baseline: z.array(z.string()), current: z.array(z.string()) }),
});
export type Comparison = z.infer<typeof comparison>;

/** Reads a stored comparison.json; null: the run had no baseline. Throws `run-not-found` when it is not what its schema says. */
export function readComparison(file: string): Comparison | null {
  if (!existsSync(file)) return null;
  try {
    return comparison.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const hint = "remove the file, and compare with hachaos compare";
    throw new HachaosError("run-not-found", `${file} holds no comparison: ${messageOf(error)}`, { hint, cause: error });
  }
}

/** Whether anything became slower, as `--fail-on regression` understands it. */
export function isRegression({ rows }: Comparison): boolean {
  return rows.some((row) => row.verdict === "slower");
}
