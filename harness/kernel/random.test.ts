import fc from "fast-check";
import { expect, test } from "vitest";
import { randomFor } from "./random.js";

test("the same seed and name give the same number, for ever", () => {
  expect(randomFor(7, "suites/failover", "apache-kill", 1)).toBe(randomFor(7, "suites/failover", "apache-kill", 1));
  // A stored seed must give the same run with the next version.
  expect(randomFor(7, "suites/failover", "apache-kill", 1)).toMatchInlineSnapshot(`0.005094158031782592`);
});

test("another seed, or another part of the name, gives another number", () => {
  const all = [
    randomFor(7, "a", "b", 1),
    randomFor(8, "a", "b", 1),
    randomFor(7, "ab", "", 1),
    randomFor(7, "a", "b", 2),
    randomFor(7, "a", "b", "1"),
  ];
  expect(new Set(all).size).toBe(all.length);
});

test("the numbers of neighbouring seeds and trials fill 0 to 1 evenly", () => {
  const tenths = new Array<number>(10).fill(0);
  for (let seed = 0; seed < 100; seed += 1) {
    for (let trial = 1; trial <= 100; trial += 1) {
      const tenth = Math.floor(randomFor(seed, "suites/failover", "apache-kill", trial) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
  }
  // Chi-square with 9 degrees of freedom: above 27.9 in one of a thousand.
  expect(tenths.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
});

test("it is at least 0 and below 1", () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (seed, name) => {
      const number = randomFor(seed, name);
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThan(1);
    }),
  );
});
