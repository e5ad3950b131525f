import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseDurationMs } from "./duration.js";

describe("parseDurationMs", () => {
  it.each([
    ["15s", "ms", 15_000],
    ["100ms", "ms", 100],
    ["100", "ms", 100],
    [200, "ms", 200],
    ["10", "s", 10_000],
    ["1min", "s", 60_000],
    ["2h", "s", 7_200_000],
    ["1.5s", "ms", 1500],
    ["20 s", "ms", 20_000],
    ["2500us", "s", 3],
  ] as const)("reads %s (bare: %s)", (text, bare, ms) => {
    expect(parseDurationMs(text, bare)).toBe(ms);
  });

  it.each(["", "s", "-1s", "ten", "10 parsecs", "INFINITY", "1e3"])("refuses %j", (text) => {
    expect(parseDurationMs(text, "s")).toBeNull();
  });

  it("reads back what formatDuration writes, whatever the bare unit", () => {
    fc.assert(
      fc.property(fc.nat({ max: 100_000_000 }), fc.constantFrom("ms" as const, "s" as const), (ms, bare) => {
        expect(parseDurationMs(formatDuration(ms), bare)).toBe(ms);
      }),
    );
  });
});
