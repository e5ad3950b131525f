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
    // 200 probes fail, the first at 3.002 s, the last sent at 7.975 s; the last success before was sent at 2.975 s, the first after
    // answered at 8.002 s.
    const gap = faultGapOf(trialOf(apacheKill()));
    expect([gap?.minMs, gap?.maxMs, gap?.spells.length]).toEqual([4_973, 5_027, 1]);
  });

  test("nothing failed: no gap", () => {
    expect(faultGapOf(trialOf(linkDown()))).toMatchObject({ minMs: 0, maxMs: 0, spells: [], totalMaxMs: 0 });
    expect(faultGapOf(trialOf(baseline()))).toMatchObject({ minMs: 0, maxMs: 0 });
  });

  test("never back while the fault lasts: open end, even if healing brings it back", () => {
    const gap = faultGapOf(trialOf(apacheKill({ during: (run) => run.dark(5_000) })));
    expect(gap?.minMs).toBe(4_973);
    expect([gap?.maxMs, gap?.totalMaxMs]).toEqual([null, null]);
  });

  test("several dark spells: the longest, and the sum beside it", () => {
    const during = (run: ReturnType<typeof aRun>) => run.dark(500).serve("vm-node1", 500).dark(2_000).serve("vm-node2", 1_000);
    const gap = faultGapOf(trialOf(apacheKill({ during })));
    expect([gap?.minMs, gap?.maxMs, gap?.spells.length]).toEqual([1_973, 2_027, 2]);
    expect([gap?.totalMinMs, gap?.totalMaxMs]).toEqual([2_446, 2_554]);
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
  test("a request lost during the fault that gave up only after healing began does not last until the end", () => {
    const trial = trialOf(linkDown());
    const lost = trial.probes.find((probe) => probe.atUs > (trial.marks.healing?.atUs ?? 0) - 500_000);
    if (lost === undefined) throw new Error("no probe");
    Object.assign(lost, { outcome: "timeout", endUs: lost.atUs + 1_000_000, servedBy: null });
    // Sent between two others, 25 ms apart, each answered after 2 ms.
    expect(failbackGapOf(trial)).toMatchObject({ minMs: 0, maxMs: 52, totalMaxMs: 52 });
  });

  test("is measured from healing on", () => {
    expect(failbackGapOf(trialOf(apacheKill()))).toMatchObject({ minMs: 1_973, maxMs: 2_027 });
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

describe("requests in flight", () => {
  const probe = (atMs: number, endMs: number, outcome: ProbeOutcome, connectedMs?: number): EventOf<"http"> => ({
    ...{ type: "http", lab: "lab-1", atUs: atMs * 1000, endUs: endMs * 1000, scheduledUs: atMs * 1000, outcome, error: null },
    ...{ status: null, servedBy: null, sentUs: atMs * 1000, connectedUs: connectedMs === undefined ? null : connectedMs * 1000 },
  });
  const gapOf = (...probes: EventOf<"http">[]) => {
    const trial = trialOf(aRun().trial().silence(1_000).inject().silence(9_000).end());
    trial.probes = probes.toSorted((a, b) => a.atUs - b.atUs);
    return faultGapOf(trial);
  };
  const ok = (atMs: number, endMs = atMs + 2) => probe(atMs, endMs, "ok", atMs + 1);

  test("a service that dies over a request was well when that was sent", () => {
    const dying = [1_100, 1_200, 1_300].map((at) => probe(at, 1_400, "reset", at + 1));
    const dead = [1_410, 1_500].map((at) => probe(at, at + 1, "refused"));
    expect(gapOf(ok(1_000), ...dying, ...dead, ok(1_600))).toMatchObject({ minMs: 100, maxMs: 602, spells: [{ failed: 5 }] });
  });

  test("so was one that accepted it and then fell silent", () => {
    const silent = [1_200, 1_300].map((at) => probe(at, at + 900, "timeout"));
    expect(gapOf(ok(1_000), probe(1_100, 2_000, "timeout", 1_101), ...silent, ok(1_400))?.minMs).toBe(99);
    expect(gapOf(ok(1_000), probe(1_100, 2_000, "timeout"), ...silent, ok(1_400))?.minMs).toBe(199);
  });

  test("a request that nobody heard was on its way as long as others were", () => {
    const silent = [1_100, 1_200, 1_300].map((at) => probe(at, at + 900, "timeout"));
    expect(gapOf(probe(990, 1_020, "ok", 1_015), ok(1_000), ...silent, ok(1_400))).toMatchObject({ minMs: 175, maxMs: 402 });
  });

  test("it is also when the fault strikes as soon as the trial begins: others before it tell", () => {
    const trial = trialOf(aRun().serve("vm-node1", 3_000).trial().inject().silence(9_000).end());
    expect(trial.earlier.map(({ atUs }) => atUs >= trial.startUs - 2_000_000 && atUs < trial.startUs)).toEqual(Array(80).fill(true));
    const startMs = trial.startUs / 1000;
    trial.earlier = [probe(startMs - 30, startMs, "ok", startMs - 5), ok(startMs - 10)];
    trial.probes = [...[100, 200, 300].map((at) => probe(startMs + at, startMs + at + 900, "timeout")), ok(startMs + 400)];
    expect(faultGapOf(trial)?.minMs).toBe(175);
    expect(faultGapOf({ ...trial, earlier: [] })?.minMs).toBe(200);
  });

  test("one that TCP had to try again does not cut the dark time in two", () => {
    const silent = [1_100, 1_200, 1_400, 1_500, 1_600].map((at) => probe(at, at + 900, "timeout"));
    expect(gapOf(ok(1_000), ...silent, ok(1_300, 2_303), ok(1_700))).toMatchObject({ minMs: 499, maxMs: 702, spells: [{ failed: 5 }] });
  });

  test("a failure that was sent at the very moment of an answer is not of the dark time before it", () => {
    const gap = gapOf(
      ok(1_000),
      probe(1_010, 1_011, "refused"),
      probe(1_020, 1_030, "ok", 1_021),
      probe(1_030, 1_031, "refused"),
      ok(1_040),
    );
    expect(gap?.spells.map(({ failed }) => failed)).toEqual([1, 1]);
  });

  test("an answer lost among good ones is no second of darkness", () => {
    const good = Array.from({ length: 20 }, (_, index) => ok(1_000 + 100 * index));
    expect(gapOf(...good, probe(1_450, 2_350, "timeout", 1_451))).toMatchObject({ minMs: 0, maxMs: 202, spells: [{ failed: 1 }] });
  });
});

describe("properties", () => {
  const PERIOD_US = 25_000;
  /** TCP sends a connection request again after this time (RFC 6298, 2.1). */
  const AGAIN_US = 1_000_000;
  interface Outage {
    phase: number;
    from: number;
    length: number;
    /** Each answer takes one of these, in turn. */
    answers: number[];
    dies: "kernel answers" | "silence";
    limit: number;
  }
  /** A service dark from `from` for `length`, asked every 25 ms from `phase` on: refused and reset, or silent. */
  const sampled = ({ phase, from, length, answers, dies, limit }: Outage): Trial => {
    const trial = trialOf(aRun().trial().silence(1_000).inject().silence(20_000).end());
    const to = from + length;
    const sent = Array.from({ length: Math.floor((trial.endUs - trial.startUs - phase) / PERIOD_US) }, (_, n) => phase + n * PERIOD_US);
    trial.probes = sent.map((since, index) => {
      const atUs = trial.startUs + since;
      const takes = answers[index % answers.length] ?? 0;
      const request = (outcome: ProbeOutcome, endUs: number, connectedUs: number | null): EventOf<"http"> => ({
        ...{ type: "http", lab: "lab-1", atUs, endUs, scheduledUs: atUs, sentUs: atUs + 200, connectedUs, outcome },
        ...{ status: null, servedBy: outcome === "ok" ? "vm-node1" : null, error: null },
      });
      const arrives = atUs + 200;
      if (arrives >= from && arrives < to) {
        if (dies === "kernel answers") return request("refused", arrives + 300, null);
        // TCP's second try, if the limit waits for it.
        if (AGAIN_US + takes <= limit && arrives + AGAIN_US >= to) return request("ok", atUs + AGAIN_US + takes, atUs + AGAIN_US + 300);
        return request("timeout", atUs + limit, null);
      }
      if (arrives < from && arrives + takes >= from && length > 0) {
        return dies === "silence" ? request("timeout", atUs + limit, arrives + 100) : request("reset", from + 100, arrives + 100);
      }
      return request("ok", arrives + takes, arrives + 100);
    });
    return trial;
  };
  const outage = (slowestUs: number, limits: number[]): fc.Arbitrary<Outage> =>
    fc.record({
      phase: fc.integer({ min: 0, max: PERIOD_US - 1 }),
      from: fc.integer({ min: 2_000_000, max: 8_000_000 }),
      length: fc.integer({ min: 0, max: 10_000_000 }),
      answers: fc.array(fc.integer({ min: 500, max: slowestUs }), { minLength: 1, maxLength: 7 }),
      dies: fc.constantFrom("kernel answers", "silence"),
      limit: fc.constantFrom(...limits),
    });

  test("the interval holds the true dark time, whatever the phase of the probes, however slow the answers", () => {
    fc.assert(
      fc.property(outage(600_000, [900_000, 1_700_000]), (given) => {
        const gap = faultGapOf(sampled(given));
        const ms = given.length / 1000;
        expect(gap?.minMs).toBeLessThanOrEqual(ms);
        // An outage that fits between two probes goes unseen, and with a limit beyond TCP's second try one that is over by then.
        if (gap?.spells.length === 0) expect(ms).toBeLessThanOrEqual((given.limit > AGAIN_US ? AGAIN_US : PERIOD_US) / 1000);
        else expect(gap?.maxMs).toBeGreaterThanOrEqual(ms);
      }),
    );
  });

  test("it is one dark time, and the interval no wider than two periods, an answer and a failure", () => {
    fc.assert(
      fc.property(outage(5_000, [900_000]), (given) => {
        const gap = faultGapOf(sampled({ ...given, dies: "kernel answers" }));
        expect(gap?.spells.length).toBeLessThanOrEqual(1);
        expect((gap?.maxMs ?? Infinity) - (gap?.minMs ?? 0)).toBeLessThanOrEqual((2 * PERIOD_US + 2 * 5_300) / 1000);
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
