import { expect, test } from "vitest";
import type { Host } from "./lab.js";
import { measureHostPace } from "./measure-host-pace.js";

/** Takes these times, ms, for twenty starts each. */
const hostTaking = (...ms: number[]): Host =>
  ({ exec: () => Promise.resolve({ stdout: `${ms.map((each) => each * 1e6).join("\n")}\n` }) }) as unknown as Host;

test("the best round counts: what else is done on these cores is not forgiven", async () => {
  expect(await measureHostPace(hostTaking(90, 44, 300))).toBe(2.2);
});

test("quick cores are not held to be quicker than those that limits were measured on", async () => {
  expect(await measureHostPace(hostTaking(14, 12))).toBe(1);
});

test("a host whose clock tells no nanoseconds is taken for quick", async () => {
  expect(await measureHostPace(hostTaking(NaN, NaN))).toBe(1);
});
