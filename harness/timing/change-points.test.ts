import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { changePoints } from "./change-points.js";

/** Nights of a failover with an outlier now and then: skewed, as real ones are. */
function nights(count: number, seed: number, levelMs = 5_000, outliers = 0.05): number[] {
  // Neighbouring small seeds begin alike.
  const random = xoroshiro128plus(Math.imul(seed + 1, 0x9e3779b1));
  for (let skipped = 0; skipped < 16; skipped += 1) uniformFloat64(random);
  return Array.from({ length: count }, () => levelMs + 600 * uniformFloat64(random) + (uniformFloat64(random) < outliers ? 9_000 : 0));
}
const indices = (series: (number | null)[]) => changePoints(series).map(({ index }) => index);

describe("change points", () => {
  test("finds a step where it is", () => {
    const [change, ...others] = changePoints([...nights(14, 1), ...nights(10, 2, 7_000)]);
    expect(change?.index).toBeGreaterThanOrEqual(13);
    expect(change?.index).toBeLessThanOrEqual(15);
    expect(change?.p).toBeLessThanOrEqual(0.005);
    expect(others).toEqual([]);
  });

  test("finds a clean step of any size exactly, up and down again", () => {
    const level = (ms: number) => Array.from({ length: 12 }, (_, at) => ms + (at % 3));
    expect(indices([...level(5_000), ...level(5_200), ...level(5_000)])).toEqual([12, 24]);
  });

  test("counts nights that never recovered as longest, wherever they are", () => {
    expect(indices([...nights(12, 3), ...Array.from({ length: 6 }, () => null)])).toEqual([12]);
    expect(indices([...nights(10, 4), null, ...nights(10, 5)])).toEqual([]);
  });

  test("fires on noise about as often as its level says, and no more", () => {
    const fired = Array.from({ length: 300 }, (_, seed) => indices(nights(20, 1_000 + seed))).filter((found) => found.length > 0);
    // Expected 6 of 300 at twice 0.01 (nothing is searched further once the whole is quiet); 15 or more come once in five hundred.
    expect(fired.length).toBeLessThan(15);
  });

  test.each([
    // Nine of ten, where the noise is even.
    [0, 54],
    // An outlier among the twelve lower values outranks every higher one; with several of them a step is no longer sure.
    [0.05, 42],
  ])("finds a step of twice the noise, with a share of %d outliers in at least %i of 60 series", (outliers, least) => {
    const series = (seed: number) => [...nights(12, seed * 2, 5_000, outliers), ...nights(8, seed * 2 + 1, 6_200, outliers)];
    const found = Array.from({ length: 60 }, (_, seed) => indices(series(seed)));
    expect(found.filter((all) => all.some((index) => Math.abs(index - 12) <= 2)).length).toBeGreaterThanOrEqual(least);
  });

  test("one outlier, a constant series and too few nights show nothing", () => {
    expect(indices([...nights(9, 6), 60_000, ...nights(9, 7)])).toEqual([]);
    expect(indices(Array.from({ length: 30 }, () => 5_000))).toEqual([]);
    expect(indices([1, 1, 1, 9, 9, 9])).toEqual([]);
    expect(indices([])).toEqual([]);
  });

  test("the same nights give the same answer", () => {
    const series = [...nights(14, 8), ...nights(6, 9, 6_000)];
    expect(changePoints(series)).toEqual(changePoints(series));
  });
});
