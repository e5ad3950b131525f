import { rankDistribution } from "./rank-test.js";

export interface Shift {
  /** How much longer the second sample is; ±Infinity: the middle pair has no end on one side. */
  ms: number;
  /** ±Infinity: open. */
  lowMs: number;
  highMs: number;
  /** With at least this probability the shift lies between them. */
  level: number;
}

/** What the interval aims at; samples too small for it give all that they have, with the level that has. */
const LEVEL = 0.95;

/**
 * Hodges and Lehmann's shift: the median of all differences between a trial of the second and one of the first sample, and the interval
 * that inverts the rank test. Infinity: never ended. Of two that never ended nobody knows which is longer: as for the rank test they are
 * a tie, but the interval takes each end as wide as it may be.
 */
export function shiftBetween(first: readonly number[], second: readonly number[]): Shift {
  const { rank, level } = shiftRank(first.length, second.length);
  const sorted = (unknown: number) => differences(first, second, unknown);
  const [middle, low, high] = [sorted(0), sorted(-Infinity), sorted(Infinity)];
  return { ms: medianOf(middle), lowMs: low[rank - 1] ?? -Infinity, highMs: high[high.length - rank] ?? Infinity, level };
}

function differences(first: readonly number[], second: readonly number[], unknown: number): Float64Array {
  const all = new Float64Array(first.length * second.length);
  let at = 0;
  for (const a of first) for (const b of second) all[at++] = a === Infinity && b === Infinity ? unknown : b - a;
  return all.sort();
}

/** The middle of the two in the middle; where one of them is endless, the nearer: half of a known time and an endless one is no time. */
function medianOf(sorted: Float64Array): number {
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  if (lower === upper) return lower;
  if (Number.isFinite(lower) && Number.isFinite(upper)) return (lower + upper) / 2;
  return Number.isFinite(lower) ? lower : Number.isFinite(upper) ? upper : 0;
}

/** The largest k for which the k-th smallest and the k-th largest difference still hold the shift at the level; at least 1. */
function shiftRank(m: number, n: number): { rank: number; level: number } {
  const below = rankDistribution(m, n);
  const levelOf = (rank: number) => 1 - 2 * below(rank - 1);
  let rank = 1;
  while (rank < Math.floor((m * n + 1) / 2) && levelOf(rank + 1) >= LEVEL) rank += 1;
  return { rank, level: Math.max(0, levelOf(rank)) };
}
