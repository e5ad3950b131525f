import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { ranked, type Sample } from "./statistics.js";

/** A place in a series where its level changed: `index` is the first value of the new level, counted from 0. */
export interface ChangePoint {
  index: number;
  /** Share of random orders of the same values that look at least as much like a change. */
  p: number;
}

/** Fewer values on a side are no level yet. */
const LEAST = 3;
/** Of each of the two questions asked of a series: of a hundred series of noise about two show a change that is none. */
const LEVEL = 0.01;
const PERMUTATIONS = 999;
/** Fixed, so that the same nights always give the same page. */
const SEED = 20_261_122;

/**
 * Where a series of nightly values changes, by ranks: neither an outlier nor a night that never recovered (null) can fake or hide a step.
 * The series is split where the standardised rank sum is largest, if few random orders of the same values have one as large; if there is
 * no such place, the same is asked of a stretch that differs from both its sides, which a single split cannot see. All pieces are then
 * searched in the same way. (Circular binary segmentation, Olshen and others, Biostatistics 5, 2004, with Mann and Whitney's statistic.)
 * With fewer than ten values nothing can be found.
 */
export function changePoints(series: Sample): ChangePoint[] {
  return search(series, 0).sort((a, b) => a.index - b.index);
}

function search(series: Sample, offset: number): ChangePoint[] {
  const ranks = ranksOf(series);
  for (const look of [bestSplit, bestStretch]) {
    const best = look(ranks);
    const p = best === null ? 1 : chanceOf(best.score, ranks, look);
    if (best === null || p > LEVEL) continue;
    const edges = [0, ...best.at, series.length];
    const pieces = edges.slice(1).flatMap((edge, index) => search(series.slice(edges[index], edge), offset + (edges[index] ?? 0)));
    return [...best.at.map((index) => ({ index: offset + index, p })), ...pieces];
  }
  return [];
}

/** Where the values are most unlike: `at` are the first values after each change. Null: too short, or all values are the same. */
interface Best {
  at: number[];
  score: number;
}

/** Two levels. */
function bestSplit(ranks: readonly number[]): Best | null {
  const { sums, score } = rankSums(ranks);
  let best: Best | null = null;
  for (let index = LEAST; index <= ranks.length - LEAST; index += 1) {
    const found = score(sums[index] ?? 0, index);
    if (found > (best?.score ?? 0)) best = { at: [index], score: found };
  }
  return best;
}

/** A stretch unlike what is before and after it. */
function bestStretch(ranks: readonly number[]): Best | null {
  const { sums, score } = rankSums(ranks);
  let best: Best | null = null;
  for (let from = LEAST; from <= ranks.length - 2 * LEAST; from += 1) {
    for (let to = from + LEAST; to <= ranks.length - LEAST; to += 1) {
      const found = score((sums[to] ?? 0) - (sums[from] ?? 0), to - from);
      if (found > (best?.score ?? 0)) best = { at: [from, to], score: found };
    }
  }
  return best;
}

/** Running sums of the ranks' distances from their mean, and how unusual the sum of so many of them is. */
function rankSums(ranks: readonly number[]): { sums: number[]; score: (sum: number, count: number) => number } {
  const count = ranks.length;
  const sums = [0];
  for (const rank of ranks) sums.push((sums.at(-1) ?? 0) + rank - (count + 1) / 2);
  // The variance of a sum of `some` values drawn without replacement, up to a factor that all places share.
  return { sums, score: (sum, some) => Math.abs(sum) / Math.sqrt(some * (count - some)) };
}

function chanceOf(score: number, ranks: readonly number[], look: typeof bestSplit): number {
  const random = xoroshiro128plus(SEED);
  const order = [...ranks];
  let asLarge = 0;
  for (let round = 0; round < PERMUTATIONS; round += 1) {
    shuffle(order, (most) => uniformInt(random, 0, most));
    // Sums in another order differ in their last bits.
    if ((look(order)?.score ?? 0) >= score - 1e-9) asLarge += 1;
    // It can only grow, and is too large already.
    if (shareOf(asLarge) > LEVEL) break;
  }
  return shareOf(asLarge);
}

/** The order that was found is one of those that look like it, so it is never 0 (Phipson and Smyth, SAGMB 9, 2010). */
function shareOf(asLarge: number): number {
  return (asLarge + 1) / (PERMUTATIONS + 1);
}

/** Fisher and Yates. */
function shuffle(values: number[], upTo: (most: number) => number): void {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = upTo(last);
    [values[last], values[other]] = [values[other] ?? 0, values[last] ?? 0];
  }
}

/** 1 for the shortest; equal values share the mean of their ranks. */
function ranksOf(series: Sample): number[] {
  const sorted = ranked(series);
  const places = new Map<number, { first: number; count: number }>();
  for (const [index, value] of sorted.entries()) {
    const place = places.get(value);
    if (place === undefined) places.set(value, { first: index + 1, count: 1 });
    else place.count += 1;
  }
  return series.map((ms) => {
    const { first, count } = places.get(ms ?? Infinity) ?? { first: 0, count: 1 };
    return first + (count - 1) / 2;
  });
}
