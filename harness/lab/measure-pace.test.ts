import { expect, test } from "vitest";
import type { Host } from "./lab.js";
import { measurePace } from "./measure-pace.js";

/** Takes these times, ns, one after the other. */
function hostTaking(...ns: number[]): Host {
  const left = [...ns];
  return { exec: () => Promise.resolve({ stdout: `${left.shift() ?? NaN}\n` }) } as unknown as Host;
}

test("the median of the rounds counts: one that somebody disturbed does not", async () => {
  expect(await measurePace([hostTaking(900, 1_000, 1_000, 9_000, 1_100)], hostTaking(100, 100, 100, 100, 100))).toBe(10);
});

test("a node is never held to be faster than the host", async () => {
  expect(await measurePace([hostTaking(50, 50, 50, 50, 50)], hostTaking(100, 100, 100, 100, 100))).toBe(1);
});

test("of several nodes the slowest counts", async () => {
  const quick = hostTaking(200, 200, 200, 200, 200);
  const slow = hostTaking(300, 300, 300, 300, 300);
  expect(await measurePace([quick, slow], hostTaking(100, 100, 100, 100, 100))).toBe(3);
});

test("a host whose clock tells no nanoseconds is taken for as fast", async () => {
  expect(await measurePace([hostTaking(900, 900, 900, 900, 900)], hostTaking())).toBe(1);
});
