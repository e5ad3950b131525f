import { errorFunction } from "simple-statistics";

export interface RankTest {
  /** Two-sided: how often two samples of the same kind differ at least as much. */
  p: number;
  /** The smallest `p` that these sizes, with these ties, can give: above the level wanted, no outcome would have meant anything. */
  leastP: number;
}

/**
 * Up to so many trials on both sides together every arrangement is counted. Beyond, the normal approximation of a `p` below 0.06 is within
 * 0.002 of it with ten trials on the smaller side, within 0.008 with three (counted out for 51 trials).
 */
const EXACT_UP_TO = 50;

/**
 * Mann-Whitney's rank test of two samples (Infinity: never ended), with midranks for ties. Exact: of all ways to deal the pooled ranks
 * to the two sides, the share whose rank sum is at least as far from the middle. Neither side may be empty.
 */
export function rankTest(a: readonly number[], b: readonly number[]): RankTest {
  const ranks = doubledMidranks([...a, ...b]);
  const sum = ranks.slice(0, a.length).reduce((total, rank) => total + rank, 0);
  return ranks.length <= EXACT_UP_TO ? exact(ranks, a.length, sum) : approximate(ranks, a.length, sum);
}

/** The least `p` of two samples of these sizes, wholly apart: one of all ways to choose one side, and its mirror image. */
export function leastPossibleP(m: number, n: number): number {
  let ways = 1;
  for (let index = 1; index <= Math.min(m, n); index += 1) ways *= (m + n + 1 - index) / index;
  return Math.min(1, 2 / ways);
}

/** P(U <= u) of two samples without ties, exact or by the normal approximation as in the test. */
export function rankDistribution(m: number, n: number): (u: number) => number {
  if (m + n > EXACT_UP_TO) {
    const deviation = Math.sqrt((m * n * (m + n + 1)) / 12);
    return (u) => normal((u + 0.5 - (m * n) / 2) / deviation);
  }
  const ranks = Array.from({ length: m + n }, (_, index) => 2 * (index + 1));
  const masses = rankSumMasses(ranks, m);
  // U is the rank sum less the smallest one there is.
  return (u) => masses.slice(0, m * (m + 1) + 2 * u + 1).reduce((total, mass) => total + mass, 0);
}

/** Twice the ranks, so that the middle of two is a whole number too. */
function doubledMidranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((i, j) => compare(values[i], values[j]));
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && compare(values[order[start] ?? 0], values[order[end] ?? 0]) === 0) end += 1;
    for (const index of order.slice(start, end)) ranks[index] = start + 1 + end;
    start = end;
  }
  return ranks;
}

/** Infinity less Infinity would be NaN. */
function compare(a = 0, b = 0): number {
  return a === b ? 0 : a - b;
}

function exact(ranks: number[], size: number, sum: number): RankTest {
  const middle = size * (ranks.length + 1);
  const masses = rankSumMasses(ranks, size);
  const away = (least: number) => masses.reduce((total, mass, at) => (Math.abs(at - middle) >= least ? total + mass : total), 0);
  const farthest = masses.reduce((most, mass, at) => (mass > 0 ? Math.max(most, Math.abs(at - middle)) : most), 0);
  return { p: Math.min(1, away(Math.abs(sum - middle))), leastP: Math.min(1, away(farthest)) };
}

/** The probability of each sum of `size` of the ranks when every choice is as likely: index = sum. */
function rankSumMasses(ranks: readonly number[], size: number): number[] {
  const most = ranks.reduce((total, rank) => total + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  (ways[0] as Float64Array)[0] = 1;
  let reach = 0;
  for (const rank of ranks) {
    reach += rank;
    for (let taken = size; taken > 0; taken -= 1) {
      const [into, from] = [ways[taken], ways[taken - 1]] as [Float64Array, Float64Array];
      for (let sum = reach; sum >= rank; sum -= 1) into[sum] = (into[sum] ?? 0) + (from[sum - rank] ?? 0);
    }
  }
  const counts = [...(ways[size] ?? [])];
  const all = counts.reduce((total, count) => total + count, 0);
  return counts.map((count) => count / all);
}

/** With corrections for ties and continuity (Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 4.1). */
function approximate(ranks: number[], size: number, sum: number): RankTest {
  const count = ranks.length;
  const other = count - size;
  const ties = new Map<number, number>();
  for (const rank of ranks) ties.set(rank, (ties.get(rank) ?? 0) + 1);
  const tied = [...ties.values()].reduce((total, times) => total + times ** 3 - times, 0);
  const variance = ((size * other) / 12) * (count + 1 - tied / (count * (count - 1)));
  if (variance <= 0) return { p: 1, leastP: 1 };
  const pOf = (away: number) => Math.min(1, Math.max(0, 2 * normal(-Math.max(0, away - 0.5) / Math.sqrt(variance))));
  const byRank = ranks.toSorted((x, y) => x - y);
  const least = byRank.slice(0, size).reduce((total, rank) => total + rank, 0);
  const middle = size * (count + 1);
  return { p: pOf(Math.abs(sum - middle) / 2), leastP: pOf(Math.abs(least - middle) / 2) };
}

/** The normal distribution; the library's error function is exact to 1.2e-7, its table of the distribution ends at 0.999. */
function normal(z: number): number {
  return (1 + errorFunction(z / Math.SQRT2)) / 2;
}
