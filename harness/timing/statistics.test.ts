import fc from "fast-check";
import { binomialDistribution, median, quantile } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { sampleStatistics, statisticsOf } from "./statistics.js";

const finite = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 60 });
const sample = fc.array(fc.option(fc.integer({ min: 0, max: 60_000 }), { freq: 4 }), { maxLength: 60 });

describe("statistics of a sample", () => {
  test("one trial is its own minimum, median and maximum; its interval holds nothing", () => {
    expect(statisticsOf([5_000])).toEqual({
      count: 1,
      censored: 0,
      minMs: 5_000,
      median: { ms: 5_000, lowMs: 5_000, highMs: 5_000, level: 0 },
      p95Ms: null,
      maxMs: 5_000,
    });
  });

  test("without a trial there is nothing", () => {
    expect(statisticsOf([])).toEqual({ count: 0, censored: 0, minMs: null, median: null, p95Ms: null, maxMs: null });
  });

  // P(B(5, 1/2) = 0) = 1/32; P(B(10, 1/2) <= 1) = 11/1024; P(B(20, 1/2) <= 5) = 21700/2^20: tables of the sign test.
  test.each([
    [5, 1, 5, 1 - 2 / 32],
    [6, 1, 6, 1 - 2 / 64],
    [10, 2, 9, 1 - (2 * 11) / 1024],
    [20, 6, 15, 1 - (2 * 21_700) / 2 ** 20],
  ])("of %i trials the median's interval runs from number %i to number %i", (count, low, high, level) => {
    const found = statisticsOf(Array.from({ length: count }, (_, index) => index + 1)).median;
    expect([found?.lowMs, found?.highMs]).toEqual([low, high]);
    expect(found?.level).toBeCloseTo(level, 9);
  });

  test("a trial that never recovered is the longest, and moves the median as any long one does", () => {
    expect(statisticsOf([1, 2, null])).toMatchObject({ count: 3, censored: 1, minMs: 1, median: { ms: 2 }, maxMs: null });
    expect(statisticsOf([1, null, null]).median).toMatchObject({ ms: null, lowMs: 1, highMs: null });
    expect(statisticsOf([null, null])).toMatchObject({ count: 2, censored: 2, minMs: null, median: { ms: null }, maxMs: null });
  });

  test("p95 comes with the twentieth trial", () => {
    const times = Array.from({ length: 20 }, (_, index) => index * 100);
    expect(statisticsOf(times.slice(1)).p95Ms).toBeNull();
    expect(statisticsOf(times).p95Ms).toBeCloseTo(1_805, 9);
    expect(statisticsOf([...times, null, null]).p95Ms).toBeNull();
  });

  test("it agrees with simple-statistics on whole samples", () => {
    fc.assert(
      fc.property(finite, (times) => {
        const found = statisticsOf(times);
        expect(found.median?.ms).toBe(median(times));
        if (times.length >= 20) expect(found.p95Ms).toBe(quantile(times, 0.95));
      }),
    );
  });

  test("it is in order, of the public schema, and the order of trials does not matter", () => {
    fc.assert(
      fc.property(sample, (times) => {
        const found = statisticsOf(times);
        expect(sampleStatistics.parse(found)).toEqual(found);
        expect(statisticsOf(times.toReversed())).toEqual(found);
        const marks = [found.minMs, found.median?.lowMs, found.median?.ms, found.median?.highMs, found.maxMs].map((ms) => ms ?? Infinity);
        expect(marks).toEqual(marks.toSorted((a, b) => a - b));
        expect([found.count, found.censored]).toEqual([times.length, times.filter((ms) => ms === null).length]);
      }),
    );
  });

  test("a longer time never makes a statistic smaller", () => {
    fc.assert(
      fc.property(sample, fc.nat(), (times, at) => {
        const longer = times.map((ms, index) => (index === at % times.length ? null : ms));
        const [before, after] = [statisticsOf(times), statisticsOf(longer)];
        expect(after.median?.ms ?? Infinity).toBeGreaterThanOrEqual(before.median?.ms ?? Infinity);
        expect(after.maxMs ?? Infinity).toBeGreaterThanOrEqual(before.maxMs ?? Infinity);
      }),
    );
  });

  test("the level of the interval is what the binomial distribution says, at least 95 % from six trials on", () => {
    for (let count = 1; count <= 200; count += 1) {
      const found = statisticsOf(Array.from({ length: count }, (_, index) => index));
      const low = found.median?.lowMs ?? NaN;
      const outside = (binomialDistribution(count, 0.5) ?? []).slice(0, low + 1).reduce((sum, mass) => sum + mass, 0);
      expect(found.median?.level).toBeCloseTo(Math.max(0, 1 - 2 * outside), 9);
      if (count >= 6) expect(found.median?.level).toBeGreaterThanOrEqual(0.95);
    }
  });
});
