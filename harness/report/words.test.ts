import { describe, expect, it } from "vitest";
import { duration, gapText, limit, moment } from "./words.js";

describe("words", () => {
  it("tells a gap as an interval, none, endless or not measured", () => {
    expect(gapText({ minMs: 5420, maxMs: 5470 })).toBe("5.42–5.47 s");
    expect(gapText({ minMs: 2200, maxMs: 2201 })).toBe("2.20 s");
    expect(gapText({ minMs: 0, maxMs: 0 })).toBe("none");
    expect(gapText({ minMs: 30000, maxMs: null })).toBe("over 30.00 s");
    expect(gapText(null)).toBe("not measured");
  });

  it("writes limits, moments and durations with their units", () => {
    expect([limit(31000), limit(200), moment(-250), moment(5530), duration(252_000), duration(41_000)]).toEqual([
      "31 s",
      "0.2 s",
      "−0.250 s",
      "+5.530 s",
      "4 min 12 s",
      "41 s",
    ]);
  });
});
