import fc from "fast-check";
import { permutationTest, wilcoxonRankSum } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { adjustForMany } from "./adjust-for-many.js";
import { rankDistribution, rankTest } from "./rank-test.js";
import { shiftBetween } from "./shift.js";

const time = fc.integer({ min: 0, max: 30 });
const few = fc.array(fc.oneof(time, fc.constant(Infinity)), { minLength: 1, maxLength: 6 });
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

/** Every way to choose `size` of the positions 0 to `count` - 1. */
function choices(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  const heads = range(from, Math.max(0, count - from - size + 1));
  return heads.flatMap((head) => choices(count, size - 1, head + 1).map((tail) => [head, ...tail]));
}

/** The same test by its definition: deal the pooled values in every way. */
function byDealing(a: number[], b: number[]): number {
  const pooled = [...a, ...b];
  const middle = (a.length * (pooled.length + 1)) / 2;
  const away = (mine: number[]) => {
    const others = pooled.filter((_, index) => !mine.includes(index));
    const own = mine.map((index) => pooled[index] ?? 0);
    return Math.abs(wilcoxonRankSum(own, others) - middle);
  };
  const seen = away(range(0, a.length));
  const all = choices(pooled.length, a.length);
  return all.filter((mine) => away(mine) >= seen).length / all.length;
}

describe("the rank test", () => {
  // Hollander, Wolfe and Chicken, table A.6; every C(10, 5) = 252 deals of five and five.
  test.each([
    [range(1, 5), range(6, 5), 2 / 252],
    [range(1, 3), range(4, 3), 2 / 20],
    [range(1, 4), range(5, 4), 2 / 70],
    [range(1, 10), range(11, 10), 2 / 184_756],
  ])("%j and %j, wholly apart, have p %f, the least there is", (a, b, p) => {
    expect(rankTest(a, b).p).toBeCloseTo(p, 12);
    expect(rankTest(a, b).leastP).toBeCloseTo(p, 12);
  });

  test("it is what dealing the trials in every way gives, ties and endless trials among them", () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        expect(rankTest(a, b).p).toBeCloseTo(byDealing(a, b), 10);
      }),
    );
  });

  test("it neither minds the sides nor the order, nor how far apart the ranks are", () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        const { p, leastP } = rankTest(a, b);
        expect(rankTest(b.toReversed(), a).p).toBeCloseTo(p, 10);
        expect(rankTest(a.map(Math.exp), b.map(Math.exp)).p).toBeCloseTo(p, 10);
        expect(p).toBeGreaterThanOrEqual(leastP - 1e-12);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("all the same says nothing, and could not", () => {
    expect(rankTest([0, 0, 0, 0, 0], [0, 0, 0, 0, 0])).toEqual({ p: 1, leastP: 1 });
    expect(rankTest(new Array<number>(40).fill(7), new Array<number>(40).fill(7))).toEqual({ p: 1, leastP: 1 });
  });

  test("one that never recovered counts as longest, however long the others took", () => {
    expect(rankTest([1, 2, 3, 4], [5, 6, 7, Infinity]).p).toBe(rankTest([1, 2, 3, 4], [5, 6, 7, 8]).p);
    expect(rankTest([1, 2, 3, Infinity], [4, 5, 6, Infinity]).p).toBeLessThan(1);
  });

  test("beyond 50 trials the approximation goes on where the exact count ended", () => {
    for (const shift of [0, 2, 5, 9, 14]) {
      const a = range(0, 25).map((index) => index * 2);
      const [exact, near] = [
        rankTest(
          a,
          a.map((ms) => ms + shift + 1),
        ).p,
        rankTest(a, [...a.map((ms) => ms + shift + 1), 24.5 + shift]).p,
      ];
      expect(Math.abs(near - exact)).toBeLessThan(0.02);
    }
  });

  test("the approximation is that of a permutation test", () => {
    const a = range(0, 30).map((index) => (index * index) % 97);
    const b = a.map((ms) => ms + 15);
    let state = 1;
    const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const ranksOf = (values: number[]) => values.map((value) => [...a, ...b].filter((other) => other < value).length);
    expect(Math.abs(rankTest(a, b).p - permutationTest(ranksOf(a), ranksOf(b), "two_side", 20_000, random))).toBeLessThan(0.02);
  });
});

describe("the shift", () => {
  test("is found, with an interval that inverts the test", () => {
    const a = [10, 12, 13, 17, 19, 22];
    expect(
      shiftBetween(
        a,
        a.map((ms) => ms + 5),
      ),
    ).toMatchObject({ ms: 5 });
    // Of 36 differences the 6th smallest and largest: P(U <= 5) = 19/924, P(U <= 6) = 30/924 (table A.6).
    const { level } = shiftBetween(a, a);
    expect(level).toBeCloseTo(1 - (2 * 19) / 924, 9);
  });

  test("of samples too small for 95 % is all they have, with the level that has", () => {
    expect(shiftBetween([1, 2, 3], [4, 6, 8])).toEqual({ ms: 4, lowMs: 1, highMs: 7, level: 1 - 2 / 20 });
  });

  test("with endless trials stays finite while the middle is, and its ends are open where they must be", () => {
    expect(shiftBetween([1, 2, 3, 4], [11, 12, 13, Infinity])).toMatchObject({ ms: 10, highMs: Infinity });
    expect(shiftBetween([1, 2, 3], [Infinity, Infinity, Infinity])).toMatchObject({ ms: Infinity, lowMs: Infinity });
    expect(shiftBetween([Infinity, Infinity], [1, 2])).toMatchObject({ ms: -Infinity });
    expect(shiftBetween([Infinity], [Infinity])).toMatchObject({ ms: 0, lowMs: -Infinity, highMs: Infinity });
  });

  test("changes sign with the sides and holds its own middle", () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        const [there, back] = [shiftBetween(a, b), shiftBetween(b, a)];
        expect(there.ms === -back.ms || Math.abs(there.ms + back.ms) < 1e-9).toBe(true);
        expect(there.lowMs === -back.highMs).toBe(true);
        expect(there.lowMs <= there.ms && there.ms <= there.highMs).toBe(true);
      }),
    );
  });

  test("its interval leaves out zero exactly when the test without ties finds a difference", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 8, maxLength: 24 }), (values) => {
        const [a, b] = [values.filter((_, index) => index % 2 === 0), values.filter((_, index) => index % 2 === 1)];
        const { lowMs, highMs, level } = shiftBetween(a, b);
        expect(rankTest(a, b).p <= 1 - level + 1e-12).toBe(lowMs > 0 || highMs < 0);
      }),
    );
  });

  test("the distribution of the rank statistic is symmetric and ends at one", () => {
    for (const [m, n] of [
      [3, 5],
      [10, 10],
      [30, 40],
    ] as const) {
      const atMost = rankDistribution(m, n);
      expect(atMost(m * n)).toBeCloseTo(1, 6);
      expect(atMost(10)).toBeCloseTo(1 - atMost(m * n - 11), 6);
    }
  });
});

describe("the correction for many rows", () => {
  test("gives the values of the method's authors", () => {
    // Benjamini and Hochberg (1995), section 4: fifteen p-values of which four stand at 0.05.
    const ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
    expect(adjustForMany(ps).filter((p) => p <= 0.05)).toHaveLength(4);
    expect(adjustForMany(ps)[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
  });

  test("keeps the order, never makes a value smaller, and does nothing to one alone", () => {
    expect(adjustForMany([0.03])).toEqual([0.03]);
    expect(adjustForMany([])).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (ps) => {
        const adjusted = adjustForMany(ps);
        for (const [i, p] of ps.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p - 1e-12);
          for (const [j, q] of ps.entries()) if (p < q) expect(adjusted[i] ?? 2).toBeLessThanOrEqual(adjusted[j] ?? -1);
        }
      }),
    );
  });
});
