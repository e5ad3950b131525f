/**
 * Benjamini and Hochberg's correction (1995): who calls every result at or below a level a difference is then wrong in at most that
 * share of the calls, however many results there are. The order is kept.
 */
export function adjustForMany(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).sort((i, j) => (ps[j] ?? 0) - (ps[i] ?? 0));
  const adjusted = new Array<number>(ps.length).fill(1);
  let least = 1;
  for (const [place, index] of order.entries()) {
    least = Math.min(least, ((ps[index] ?? 1) * ps.length) / (ps.length - place));
    adjusted[index] = least;
  }
  return adjusted;
}
