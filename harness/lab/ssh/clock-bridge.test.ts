import fc from "fast-check";
import { expect, test } from "vitest";
import { clockBridge } from "./clock-bridge.js";

test("nothing is known before the first reading", () => {
  expect(clockBridge().at(0)).toBeNull();
});

test("a reading tells the offset to half of its round trip, and less exactly as time goes by", () => {
  const clock = clockBridge();
  clock.read({ sentUs: 1_000, backUs: 3_000, theirsUs: 500 });
  expect(clock.at(3_000)).toEqual({ us: 1_500, errorUs: 1_000 });
  expect(clock.at(1_003_000)).toEqual({ us: 1_500, errorUs: 1_500 });
});

test("a worse reading does not replace a better one, until that has grown old", () => {
  const clock = clockBridge();
  clock.read({ sentUs: 0, backUs: 200, theirsUs: 0 });
  clock.read({ sentUs: 1_000, backUs: 3_000, theirsUs: 1_950 });
  expect(clock.at(3_000)?.us).toBe(100);
  clock.read({ sentUs: 10_000_000, backUs: 10_002_000, theirsUs: 10_000_950 });
  expect(clock.at(10_002_000)?.us).toBe(50);
});

test("a clock that stood still meanwhile is believed at once, however inexact", () => {
  const clock = clockBridge();
  clock.read({ sentUs: 0, backUs: 200, theirsUs: 0 });
  clock.read({ sentUs: 20_000_000, backUs: 20_100_000, theirsUs: 6_000_000 });
  expect(clock.at(20_100_000)).toEqual({ us: 14_050_000, errorUs: 50_000 });
});

test("the true offset is always within the error, whatever the clock's pace within its limit and however long answers take", () => {
  const readings = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 0, max: 400_000 }), fc.double({ min: 0, max: 1, noNaN: true })),
  );
  fc.assert(
    fc.property(readings, fc.integer({ min: -500, max: 500 }), fc.integer({ min: -1e9, max: 1e9 }), (steps, ppm, startUs) => {
      const clock = clockBridge();
      const theirs = (ours: number) => startUs + ours * (1 + ppm / 1e6);
      let now = 0;
      for (const [pause, roundTrip, share] of steps) {
        const sentUs = now + pause;
        now = sentUs + roundTrip;
        clock.read({ sentUs, backUs: now, theirsUs: theirs(sentUs + roundTrip * share) });
        const known = clock.at(now);
        expect(Math.abs((known?.us ?? NaN) - (now - theirs(now)))).toBeLessThanOrEqual(
          (known?.errorUs ?? 0) * 1.01 + roundTrip * 0.001 + 1,
        );
      }
    }),
  );
});
