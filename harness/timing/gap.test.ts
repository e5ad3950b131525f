import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventOf, ProbeOutcome } from "../history/event.js";
import { aRun } from "../history/testing/history-builder.js";
import { apacheKill, baseline, gatewayBlackhole, linkDown } from "../history/testing/scenarios.js";
import { trialsOf, type Trial } from "../history/views/trial.js";
import { failbackGapOf, faultGapOf, quietGapOf } from "./gap.js";

function trialOf(run: { history: () => Parameters<typeof trialsOf>[0] }): Trial {
  const [trial] = trialsOf(run.history());
  if (trial === undefined) throw new Error("no trial");
  return trial;
}

describe("the gap of the fault", () => {
  test("is an interval around the failures", () => {
    // 200 probes fail from 3.000 s to 7.975 s; the last success before was sent at 2.975 s, the first after answered at 8.002 s.
    const gap = faultGapOf(trialOf(apacheKill()));
    expect([gap?.minMs, gap?.maxMs, gap?.spells.length]).toEqual([4_975, 5_027, 1]);
  });

  test("nothing failed: no gap", () => {
    expect(faultGapOf(trialOf(linkDown()))).toMatchObject({ minMs: 0, maxMs: 0, spells: [], totalMaxMs: 0 });
    expect(faultGapOf(trialOf(baseline()))).toMatchObject({ minMs: 0, maxMs: 0 });
  });

  test("never back while the fault lasts: open end, even if healing brings it back", () => {
    const gap = faultGapOf(trialOf(apacheKill({ during: (run) => run.dark(5_000) })));
    expect(gap?.minMs).toBe(4_975);
    expect([gap?.maxMs, gap?.totalMaxMs]).toEqual([null, null]);
  });

  test("several dark spells: the longest, and the sum beside it", () => {
    const during = (run: ReturnType<typeof aRun>) => run.dark(500).serve("vm-node1", 500).dark(2_000).serve("vm-node2", 1_000);
    const gap = faultGapOf(trialOf(apacheKill({ during })));
    expect([gap?.minMs, gap?.maxMs, gap?.spells.length]).toEqual([1_975, 2_027, 2]);
    expect([gap?.totalMinMs, gap?.totalMaxMs]).toEqual([2_450, 2_554]);
  });

  test("without any probe there is none", () => {
    expect(faultGapOf(trialOf(aRun().trial().inject().silence(1_000).end()))).toBeNull();
  });

  test("dark before the fault is not the fault's", () => {
    const run = apacheKill({ before: (at) => at.serve("vm-node1", 1_000).dark(100).serve("vm-node1", 1_000) });
    expect(quietGapOf(trialOf(run))?.spells).toHaveLength(1);
    expect(faultGapOf(trialOf(run))?.spells).toHaveLength(1);
  });

  test("a request that waited until the service was back does not make the gap shorter", () => {
    const trial = trialOf(aRun().trial().serve("vm-node1", 1_000).inject().dark(1_000).serve("vm-node2", 1_000).end());
    const [queued] = trial.probes.filter((probe) => probe.servedBy === "vm-node2");
    if (queued === undefined) throw new Error("nobody answered");
    for (const probe of trial.probes.filter((one) => one.servedBy === "vm-node2"))
      probe.endUs = Math.max(probe.endUs, queued.atUs + 400_000);
    expect(faultGapOf(trial)?.maxMs).toBe(1_425);
  });
});

describe("the gap of the failback", () => {
  test("is measured from healing on", () => {
    expect(failbackGapOf(trialOf(apacheKill()))).toMatchObject({ minMs: 1_975, maxMs: 2_027 });
    expect(failbackGapOf(trialOf(gatewayBlackhole({ after: (run) => run.serve("vm-node2", 1_000) })))).toMatchObject({
      minMs: 0,
      maxMs: 0,
    });
  });

  test("a service that was dark when healing began counts only if it never comes back", () => {
    const dark = { during: (run: ReturnType<typeof aRun>) => run.dark(3_000) };
    const back = apacheKill({ ...dark, after: (run) => run.dark(1_000).serve("vm-node1", 2_000) });
    expect(failbackGapOf(trialOf(back))).toMatchObject({ minMs: 0, maxMs: 0 });
    expect(failbackGapOf(trialOf(apacheKill({ ...dark, after: (run) => run.dark(1_000) })))?.maxMs).toBeNull();
  });

  test("there is none without healing", () => {
    expect(failbackGapOf(trialOf(baseline()))).toBeNull();
  });
});

describe("properties", () => {
  const PERIOD_US = 25_000;
  /** A service dark from `from` to `to`, asked every 25 ms from `phase` on; what fails takes `failsIn`. */
  const sampled = (phase: number, from: number, to: number, failsIn: number, outcome: ProbeOutcome): Trial => {
    const trial = trialOf(aRun().trial().silence(1_000).inject().silence(20_000).end());
    trial.probes = [];
    for (let atUs = trial.startUs + phase; atUs < trial.endUs; atUs += PERIOD_US) {
      const dark = atUs >= from && atUs < to;
      const endUs = atUs + (dark ? failsIn : 2_000);
      const probe: EventOf<"http"> = {
        ...{ type: "http", lab: "lab-1", atUs, endUs, scheduledUs: atUs, outcome: dark ? outcome : "ok" },
        ...{ status: dark ? null : 200, servedBy: dark ? null : "vm-node1", error: null },
      };
      trial.probes.push(probe);
    }
    return trial;
  };
  const outage = fc.record({
    phase: fc.integer({ min: 0, max: PERIOD_US - 1 }),
    from: fc.integer({ min: 1_000_000, max: 8_000_000 }),
    length: fc.integer({ min: 0, max: 10_000_000 }),
    failsIn: fc.constantFrom(500, 30_000, 1_000_000),
  });

  test("the interval holds the true dark time, whatever the phase of the probes", () => {
    fc.assert(
      fc.property(outage, ({ phase, from, length, failsIn }) => {
        const gap = faultGapOf(sampled(phase, from, from + length, failsIn, failsIn < 1_000_000 ? "refused" : "timeout"));
        expect(gap).not.toBeNull();
        expect(gap?.minMs).toBeLessThanOrEqual(length / 1000);
        // An outage that fits between two probes goes unseen; else the upper end holds it.
        if (gap?.spells.length === 0) expect(length).toBeLessThanOrEqual(PERIOD_US);
        else expect(gap?.maxMs).toBeGreaterThanOrEqual(length / 1000);
      }),
    );
  });

  test("the interval is no wider than two periods and an answer", () => {
    fc.assert(
      fc.property(outage, ({ phase, from, length }) => {
        const gap = faultGapOf(sampled(phase, from, from + length, 500, "refused"));
        expect((gap?.maxMs ?? Infinity) - (gap?.minMs ?? 0)).toBeLessThanOrEqual((2 * PERIOD_US + 2_000) / 1000);
      }),
    );
  });

  test("whatever the probes say: min <= max, spells disjoint and counted, every failure in one spell", () => {
    const probes = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 1_500_000 })), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(probes, fc.integer({ min: 0, max: 3_000_000 }), (outcomes, injectUs) => {
        const trial = trialOf(
          aRun()
            .trial()
            .silence(injectUs / 1000)
            .inject()
            .silence(3_000)
            .end(),
        );
        trial.probes = outcomes.map(([ok, took], index) => ({
          ...{ type: "http", lab: "lab-1", atUs: index * PERIOD_US, endUs: index * PERIOD_US + took, scheduledUs: index * PERIOD_US },
          ...{ outcome: ok ? "ok" : "timeout", status: null, servedBy: null, error: null },
        }));
        const gaps = [quietGapOf(trial), faultGapOf(trial)].filter((gap) => gap !== null);
        for (const gap of gaps) for (const { minMs, maxMs } of [gap, ...gap.spells]) expect(minMs).toBeLessThanOrEqual(maxMs ?? Infinity);
        const failed = gaps.flatMap((gap) => gap.spells).reduce((sum, spell) => sum + spell.failed, 0);
        expect(failed).toBe(outcomes.filter(([ok]) => !ok).length);
      }),
    );
  });
});
