import { describe, expect, test } from "vitest";
import { aRun } from "../history/testing/history-builder.js";
import { apacheKill, baseline } from "../history/testing/scenarios.js";
import { trialsOf, type Trial } from "../history/views/trial.js";
import { faultWindow } from "../history/views/windows.js";
import { probeDoubt, probeQuality } from "./probe-quality.js";

function trialOf(run: { history: () => Parameters<typeof trialsOf>[0] }): Trial {
  const [trial] = trialsOf(run.history());
  if (trial === undefined) throw new Error("no trial");
  return trial;
}

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
