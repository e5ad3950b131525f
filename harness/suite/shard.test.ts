import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shardMs, splitIntoShards, type ExpectedTest } from "./shard.js";

const one = (test: string, seconds: number, suite = "a"): ExpectedTest => ({ suite, test, ms: seconds * 1000 });
const names = (shards: ExpectedTest[][]) => shards.map((tests) => tests.map(({ test }) => test));
const free = () => 0;

describe("splitting a plan", () => {
  test("puts the longest first, each where it leaves the shortest shard", () => {
    const tests = [one("baseline", 30), one("gateway", 25), one("power-off", 20), one("kill", 12), one("cable", 9)];
    expect(names(splitIntoShards(tests, free, 2))).toEqual([
      ["baseline", "kill", "cable"],
      ["gateway", "power-off"],
    ]);
  });

  test("counts the lab that a shard has to build for another suite", () => {
    const tests = [one("a1", 10), one("a2", 9), one("b1", 10, "b"), one("b2", 9, "b")];
    const labs = () => 16_000;
    const shards = splitIntoShards(tests, labs, 2);
    expect(names(shards)).toEqual([
      ["a1", "a2"],
      ["b1", "b2"],
    ]);
    expect(shards.map((own) => shardMs(own, labs))).toEqual([35_000, 35_000]);
  });

  const plans = fc.uniqueArray(
    fc.record({
      suite: fc.constantFrom("suites/a", "suites/b", "suites/c"),
      test: fc.string(),
      // Whatever somebody's stored runs say.
      ms: fc.oneof(fc.integer({ min: -5, max: 10 ** 7 }), fc.double({ min: 0, max: 1e6, noNaN: true })),
    }),
    { selector: ({ suite, test }) => JSON.stringify([suite, test]) },
  );

  test("has every test in exactly one shard, whatever the durations, and the same whatever their order", () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 8 }), fc.nat(60_000), fc.infiniteStream(fc.nat()), (tests, count, lab, keys) => {
        const shards = splitIntoShards(tests, () => lab, count);
        expect(shards).toHaveLength(count);
        const byName = (a: ExpectedTest, b: ExpectedTest) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
        expect(shards.flat().sort(byName)).toEqual([...tests].sort(byName));
        const shuffled = tests.map((each) => [keys.next().value ?? 0, each] as const).sort(([a], [b]) => a - b);
        expect(
          splitIntoShards(
            shuffled.map(([, each]) => each),
            () => lab,
            count,
          ),
        ).toEqual(shards);
      }),
    );
  });

  test("leaves no shard empty while there are as many tests, and none longer than an equal share and one test where labs are free", () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 8 }), fc.nat(60_000), (tests, count, lab) => {
        fc.pre(tests.length >= count);
        expect(Math.min(...splitIntoShards(tests, () => lab, count).map((shard) => shard.length))).toBeGreaterThan(0);
        const lengths = splitIntoShards(tests, free, count).map((shard) =>
          shard.reduce((sum, { ms }) => sum + Math.max(1, Math.round(ms)), 0),
        );
        const whole = lengths.reduce((sum, ms) => sum + ms, 0);
        // What any list scheduling keeps (Graham): nobody waits while a test could start, so only the last one sticks out.
        const longest = Math.max(1, ...tests.map(({ ms }) => Math.round(ms)));
        expect(Math.max(...lengths)).toBeLessThanOrEqual(whole / count + longest);
      }),
    );
  });
});
