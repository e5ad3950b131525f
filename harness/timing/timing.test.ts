import { describe, expect, test } from "vitest";
import { aRun } from "../history/testing/history-builder.js";
import { apacheKill, baseline, gatewayBlackhole, linkDown, powerOff } from "../history/testing/scenarios.js";
import { trialsOf, type Trial } from "../history/views/trial.js";
import { faultWindow } from "../history/views/windows.js";
import { phasesOf } from "./phases.js";
import { probeDoubt, probeQuality } from "./probe-quality.js";

function trialOf(run: { history: () => Parameters<typeof trialsOf>[0] }): Trial {
  const [trial] = trialsOf(run.history());
  if (trial === undefined) throw new Error("no trial");
  return trial;
}

describe("phases", () => {
  const failovers = { apacheKill, gatewayBlackhole, powerOff, linkDown };

  test.each(Object.entries(failovers))("follow one another and add up: %s", (_name, scenario) => {
    const trial = trialOf(scenario());
    const seen = phasesOf(trial).filter((phase) => phase.startMs !== null);
    const edges = seen.map((phase) => [phase.startMs ?? 0, phase.endMs ?? 0]);
    expect(edges[0]?.[0]).toBe((faultWindow(trial)?.fromUs ?? 0) / 1000);
    for (const [index, [start = 0, end = 0]] of edges.entries()) {
      expect(end).toBeGreaterThanOrEqual(start);
      if (index > 0) expect(start).toBe(edges[index - 1]?.[1]);
    }
    expect(edges.at(-1)?.[1]).toBe((trial.marks.observed?.atUs ?? 0) / 1000);
  });

  test("name what ended them", () => {
    const phases = phasesOf(trialOf(apacheKill()));
    expect(phases.map((phase) => [phase.name, (phase.endMs ?? 0) - (phase.startMs ?? 0)])).toEqual([
      ["fault", 0],
      ["detection", 3_000],
      ["move", 1_000],
      ["service start", 1_002],
      ["settle", 5_998],
    ]);
    expect(phases.map((phase) => phase.evidence)).toEqual([
      "read back from the node",
      "192.168.1.60 removed from vm-node1",
      "192.168.1.60 on vm-node2",
      "first answer from vm-node2",
      "served",
    ]);
  });

  test("what was not observed is empty, and nothing without a fault", () => {
    const dark = phasesOf(trialOf(apacheKill({ during: (run) => run.dark(3_000) })));
    expect(dark.filter((phase) => phase.startMs === null).map((phase) => phase.name)).toEqual(["detection", "move", "service start"]);
    expect(phasesOf(trialOf(baseline()))).toEqual([]);
  });
});

describe("probe quality", () => {
  const doubtOf = (run: ReturnType<typeof aRun>) => {
    const trial = trialOf(run);
    return probeDoubt(trial, faultWindow(trial) ?? { fromUs: trial.startUs, toUs: trial.endUs });
  };

  test("counts", () => {
    const trial = trialOf(apacheKill());
    expect(probeQuality(trial)).toEqual({ total: trial.probes.length, failed: 280, periodMs: 25, late: 0 });
    for (const probe of trial.probes.slice(0, 3)) probe.scheduledUs -= 25_001;
    expect(probeQuality(trial).late).toBe(3);
  });

  test("a full load is not in doubt", () => {
    expect(doubtOf(apacheKill())).toBeNull();
    expect(doubtOf(baseline())).toBeNull();
  });

  test("no probes, too few, and a long silence prove nothing", () => {
    expect(doubtOf(aRun().trial().inject().silence(5_000).end())).toMatch(/no HTTP probes/);
    expect(doubtOf(aRun().trial().inject().serve("vm-node1", 4_000).silence(900).end())).toMatch(/160 HTTP probes .* 176 at least/);
    expect(doubtOf(aRun().trial().inject().serve("vm-node1", 30_000).silence(1_200).serve("vm-node1", 5_000).end())).toMatch(
      /sent for 1225 ms/,
    );
  });
});
