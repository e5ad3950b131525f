import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failbackGapOf } from "../timing/gap.js";
import { capturedGaps, longestOf } from "./testing/captured-gap.js";
import { capturedInterval, FAILBACK, WINDOWS } from "./testing/captured-interval.js";
import { simulated, type Simulation } from "./testing/simulated.js";
import { told } from "./testing/told.js";

const us = (min: number, max: number) => fc.integer({ min: min * 1000, max: max * 1000 });
const several = (least: number, most: number) => fc.array(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 7 });

const simulation: fc.Arbitrary<Simulation> = fc
  .record({
    times: fc.tuple(us(300, 1_000), us(500, 4_000), us(500, 4_000)),
    dark: fc.array(
      fc.record({
        pause: us(30, 2_000),
        // Often of nearly the same length.
        lengthUs: fc.oneof(us(1, 2_000), us(495, 505)),
        how: fc.constantFrom("refuses" as const, "is silent" as const),
        earlierUs: us(0, 8),
        finishes: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    phasesUs: fc.tuple(us(0, 10), us(0, 7)),
    waysUs: several(30, 400),
    takesUs: several(1_000, 12_000),
    latesUs: several(0, 3_000),
  })
  .map(({ times: [injectUs, during, after], dark, ...rest }) => {
    let at = 0;
    const placed = dark.map(({ pause, ...time }) => {
      const fromUs = at + pause;
      at = fromUs + time.lengthUs;
      return { fromUs, ...time };
    });
    return { injectUs, healUs: injectUs + during, endUs: injectUs + during + after, dark: placed, ...rest };
  });

test.each(WINDOWS)(
  "however the service goes dark and comes back, the reported interval of the $name holds what packets would show",
  (of) => {
    fc.assert(
      fc.property(simulation, (given) => {
        const { trial, answersUs } = simulated(given);
        expect(capturedInterval(trial, answersUs, of)?.wrong ?? []).toEqual([]);
      }),
    );
  },
);

describe("of one trial", () => {
  const refuses = { how: "refuses", earlierUs: 0, finishes: false } as const;
  const given: Simulation = {
    ...{ injectUs: 500_000, healUs: 600_000, endUs: 4_000_000, phasesUs: [0, 0], waysUs: [100], takesUs: [2_000], latesUs: [100] },
    // The second is the longer one, which the probe alone cannot see.
    dark: [
      { ...refuses, fromUs: 1_004_200, lengthUs: 500_700 },
      { ...refuses, fromUs: 2_006_400, lengthUs: 503_100 },
    ],
  };

  test("of two dark times of nearly the same length each is held against what was captured in its own place", () => {
    const { trial, answersUs } = simulated(given);
    const spells = failbackGapOf(trial)?.spells ?? [];
    const captured = longestOf(capturedGaps(answersUs));
    expect(spells.map(({ maxMs }) => maxMs)).toEqual([512.4, 512.4]);
    expect(captured?.lastAnswerUs, "of the second").toBeGreaterThan(spells[0]?.okAfter?.endUs ?? Infinity);
    expect(capturedInterval(trial, answersUs, FAILBACK)).toMatchObject({ wrong: [] });
  });

  test("one process that dies 8 ms before the other: some are answered after the first failure", () => {
    const dark = [{ ...refuses, fromUs: 1_009_500, lengthUs: 500_000, earlierUs: 8_000 }];
    const { trial, answersUs } = simulated({ ...given, dark });
    const [spell] = failbackGapOf(trial)?.spells ?? [];
    expect(answersUs.filter((us) => us > (spell?.darkByUs ?? 0) && us < (spell?.lastFailure.atUs ?? 0)).length).toBeGreaterThan(0);
    expect(capturedInterval(trial, answersUs, FAILBACK)).toMatchObject({ wrong: [] });
  });

  test.each([-30_000, 30_000])("clocks %i us apart are told, with trial, window and spells", (apart) => {
    const { trial, answersUs } = simulated(given);
    const moved = answersUs.map((us) => us + apart);
    expect(capturedInterval(trial, moved, FAILBACK)?.wrong).not.toEqual([]);
    const lines = told(trial, moved, FAILBACK);
    for (const what of ["window of the failback", "reported: ", "  refused: at", "captured: no answer from"]) {
      expect(lines, what).toContainEqual(expect.stringContaining(what));
    }
    expect(lines.filter((line) => line.startsWith("reported: "))).toHaveLength(2);
  });

  test("a dark time that the probes did not see is told", () => {
    const { trial, answersUs } = simulated(given);
    const without = answersUs.filter((us) => us < trial.startUs + 3_000_000 || us > trial.startUs + 3_600_000);
    expect(capturedInterval(trial, without, FAILBACK)?.wrong).toEqual([expect.stringContaining("another one is longer")]);
  });
});
