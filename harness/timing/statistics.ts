import { binomialDistribution, medianSorted, quantileSorted } from "simple-statistics";
import { z } from "zod";

/** A sample of times where some never ended (censored): ranks survive that, means do not. */
export const sampleStatistics = z.object({
  /** All trials that measured something, the censored ones among them. */
  count: z.int(),
  censored: z.int(),
  minMs: z.number().nullable(),
  /**
   * `lowMs` to `highMs`: distribution-free interval from order statistics, which holds the median of all such trials with at least the
   * probability `level`; null: never ended. Null as a whole: no trial.
   */
  median: z
    .object({ ms: z.number().nullable(), lowMs: z.number().nullable(), highMs: z.number().nullable(), level: z.number() })
    .nullable(),
  /** From 20 trials up. */
  p95Ms: z.number().nullable(),
  /** Null: the longest never ended. */
  maxMs: z.number().nullable(),
});
export type SampleStatistics = z.infer<typeof sampleStatistics>;

/** Times in ms, one for each trial; null: it had not ended when watching did, so it counts as longer than every other. */
export type Sample = readonly (number | null)[];

/** What the interval around the median aims at. Below 6 trials no two of them reach it: then it is all of them, with the level they have. */
const LEVEL = 0.95;
/** With fewer, less than one trial is expected beyond the 95th percentile: it would be the longest under another name. */
const P95_FROM = 20;

/** Describes a sample without assuming a distribution. Ranks only, so that a trial that never recovered stays in. */
export function statisticsOf(sample: Sample): SampleStatistics {
  const sorted = ranked(sample);
  return {
    count: sorted.length,
    censored: sorted.filter((ms) => ms === Infinity).length,
    minMs: shown(sorted[0]),
    median: sorted.length === 0 ? null : medianOf(sorted),
    p95Ms: sorted.length < P95_FROM ? null : shown(quantileSorted(sorted, 0.95)),
    maxMs: shown(sorted.at(-1)),
  };
}

/** Ascending, with Infinity for what never ended. */
export function ranked(sample: Sample): number[] {
  return sample.map((ms) => ms ?? Infinity).sort((a, b) => a - b);
}

function medianOf(sorted: number[]): NonNullable<SampleStatistics["median"]> {
  const { rank, level } = medianRank(sorted.length);
  return { ms: shown(medianSorted(sorted)), lowMs: shown(sorted[rank - 1]), highMs: shown(sorted[sorted.length - rank]), level };
}

/**
 * The interval from the k-th smallest to the k-th largest misses the median when fewer than k trials fall on one side of it, and each
 * falls there with one half: 1 - 2 P(B(n, 1/2) < k) is its level, whatever the distribution (David and Nagaraja, Order Statistics, 7.1).
 */
function medianRank(count: number): { rank: number; level: number } {
  const levelOf = (rank: number) => 1 - 2 * below(count, rank);
  let rank = 1;
  while (rank < Math.floor((count + 1) / 2) && levelOf(rank + 1) >= LEVEL) rank += 1;
  return { rank, level: Math.max(0, levelOf(rank)) };
}

/** P(B(n, 1/2) < k). */
function below(count: number, k: number): number {
  const masses = binomialDistribution(count, 0.5) ?? [];
  return masses.slice(0, k).reduce((sum, mass) => sum + mass, 0);
}

/** Results are JSON, which has no infinity (and interpolating between two infinities is NaN). */
function shown(ms: number | undefined): number | null {
  return Number.isFinite(ms) ? (ms ?? null) : null;
}
