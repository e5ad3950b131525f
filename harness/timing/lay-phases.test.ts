import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FAILBACK_PHASES, FAULT_PHASES, type PhaseName } from "../cluster/phase-names.js";
import type { Spell, Gap } from "./gap.js";
import { darkUsIn } from "./dark-time.js";
import { layPhases, type LaidPhase } from "./lay-phases.js";
import type { Mark } from "./mark.js";
import type { Step } from "./steps.js";

const at = (atUs: number, text = "seen"): Mark => ({ source: "log", atUs, errorUs: 10, node: null, text });
const steps = (marks: Partial<Record<PhaseName, number>>, names: readonly PhaseName[] = FAULT_PHASES): Step[] =>
  names.map((phase) => ({ phase, mark: marks[phase] === undefined ? null : at(marks[phase], phase), missing: `no ${phase}` }));
const lengths = (laid: LaidPhase[]) =>
  Object.fromEntries(laid.flatMap(({ name, startUs, endUs }) => (startUs === null || endUs === null ? [] : [[name, endUs - startUs]])));

describe("layPhases", () => {
  test("puts one after the other, and gives the time of what was not observed to the next", () => {
    const laid = layPhases(steps({ fault: 10, detection: 50, stop: 80, "vip up": 90, "first answer": 120, settle: 200 }), at(0, "begin"));
    expect(lengths(laid)).toEqual({ fault: 10, detection: 40, stop: 30, "vip up": 10, "first answer": 30, settle: 80 });
    expect(laid.find((phase) => phase.name === "decision")).toMatchObject({
      startUs: null,
      endUs: null,
      starts: null,
      evidence: "no decision",
    });
    expect(laid.find((phase) => phase.name === "stop")).toMatchObject({ starts: { text: "detection" }, ends: { text: "stop" } });
  });

  test("a step done beside an earlier one has no length and says when it was done", () => {
    const laid = layPhases(steps({ fault: 0, stop: 5_000_000, "vip up": 3_000_000, arp: 6_000_000, settle: 9_000_000 }), at(0));
    expect(lengths(laid)).toMatchObject({ stop: 5_000_000, "vip up": 0, arp: 1_000_000 });
    expect(laid.find((phase) => phase.name === "vip up")?.evidence).toBe("vip up (done 2s before, while an earlier phase went on)");
    expect(laid.find((phase) => phase.name === "arp")?.starts?.text).toBe("stop");
  });

  test("the first answer proves every step before it", () => {
    const laid = layPhases(steps({ fault: 0, "vip up": 1_000_000, "service start": 3_000_000, "first answer": 2_500_000 }), at(0));
    expect(lengths(laid)).toMatchObject({ "service start": 1_500_000, "first answer": 0 });
    expect(laid.find((phase) => phase.name === "service start")?.evidence).toMatch(/seen 500ms after the phase was over/);
  });

  test("a cluster that acts has felt the fault, however late its proof is read", () => {
    const laid = layPhases(steps({ fault: 900, detection: 300, settle: 2_000 }), at(0));
    expect(lengths(laid)).toEqual({ fault: 300, detection: 0, settle: 1_700 });
  });
});

describe("whatever the marks", () => {
  const time = fc.integer({ min: 0, max: 1_000_000 });
  const marks = (names: readonly PhaseName[]) =>
    fc
      .tuple(...names.map((name) => fc.option(time).map((value) => [name, value] as const)))
      .map((list) => steps(Object.fromEntries(list.filter((entry): entry is [PhaseName, number] => entry[1] !== null)), names));
  const any = fc.constantFrom(FAULT_PHASES, FAILBACK_PHASES).chain(marks);

  test("phases are in order, disjoint, and without holes from the beginning to the last mark", () => {
    fc.assert(
      fc.property(any, (asked) => {
        const seen = layPhases(asked, at(0)).filter((phase) => phase.startUs !== null);
        let endUs = 0;
        for (const phase of seen) {
          expect(phase.startUs).toBe(endUs);
          expect(phase.endUs).toBeGreaterThanOrEqual(endUs);
          expect(phase.starts).not.toBeNull();
          expect(phase.ends).not.toBeNull();
          endUs = phase.endUs ?? NaN;
        }
        const settle = asked.at(-1)?.mark;
        const others = asked.slice(0, -1).flatMap(({ mark }) => (mark === null ? [] : [mark.atUs]));
        if (settle && Math.max(0, ...others) <= settle.atUs) expect(endUs).toBe(settle.atUs);
      }),
    );
  });

  test("what was observed has the time of a mark at each end", () => {
    fc.assert(
      fc.property(any, (asked) => {
        const times = new Set([0, ...asked.flatMap(({ mark }) => (mark === null ? [] : [mark.atUs]))]);
        for (const { startUs, endUs, name } of layPhases(asked, at(0))) {
          expect(asked.find((step) => step.phase === name)?.mark === null).toBe(endUs === null);
          if (endUs !== null && startUs !== null) expect([times.has(startUs), times.has(endUs)]).toEqual([true, true]);
        }
      }),
    );
  });

  test("dark time shared out over the phases adds up to the gap's span", () => {
    const spells = fc.array(fc.tuple(time, time), { maxLength: 4 });
    fc.assert(
      fc.property(any, spells, (asked, pairs) => {
        const laid = layPhases(asked, at(0)).filter((phase) => phase.startUs !== null);
        const lastUs = laid.at(-1)?.endUs ?? 0;
        const cuts = [...new Set(pairs.flat().map((us) => us % (lastUs + 1)))].sort((a, b) => a - b);
        const dark: [number, number][] = [];
        for (let index = 0; index + 1 < cuts.length; index += 2) dark.push([cuts[index] ?? 0, cuts[index + 1] ?? 0]);
        const gap = { spells: dark.map(([from, to]) => ({ okBefore: { atUs: from }, okAfter: { endUs: to } })) as Spell[] } as Gap;
        const window = { fromUs: 0, toUs: lastUs };
        const total = laid.reduce((sum, { startUs, endUs }) => sum + darkUsIn(gap, window, { fromUs: startUs ?? 0, toUs: endUs ?? 0 }), 0);
        expect(total).toBe(dark.reduce((sum, [from, to]) => sum + to - from, 0));
      }),
    );
  });
});
