import { describe, expect, test } from "vitest";
import { aRun } from "../history/testing/history-builder.js";
import { apacheKill, baseline } from "../history/testing/scenarios.js";
import { trialsOf, type Trial } from "../history/views/trial.js";
import { faultWindow } from "../history/views/windows.js";
import { probeDoubt, probeQuality } from "./probe-quality.js";

function trialOf(run: ReturnType<typeof aRun>): Trial {
  const [trial] = trialsOf(run.history());
  if (trial === undefined) throw new Error("the history has no trial");
  return trial;
}

function doubtOf(trial: Trial): string | null {
  return probeDoubt(trial, faultWindow(trial) ?? { fromUs: trial.startUs, toUs: trial.endUs });
}

describe("what is counted", () => {
  test("probes, failures, outcomes and lateness", () => {
    const trial = trialOf(apacheKill());
    expect(probeQuality(trial)).toEqual({
      total: 920,
      failed: 280,
      periodMs: 25,
      late: 0,
      lateP99Ms: 0,
      latestMs: 0,
      outcomes: { ok: 640, refused: 280 },
    });
    for (const probe of trial.probes.slice(0, 3)) probe.scheduledUs -= 25_001;
    expect(probeQuality(trial)).toMatchObject({ late: 3, lateP99Ms: 0, latestMs: 25.001 });
  });

  test("a slot that was let go is as late as the next probe", () => {
    const trial = trialOf(baseline());
    // 40 slots of 25 ms without a probe; the one after them is sent on time.
    trial.probes.splice(100, 40);
    expect(probeQuality(trial).latestMs).toBe(1_000);
    expect(probeQuality(trial).lateP99Ms).toBeGreaterThan(0);
  });

  test("a good answer from a node without the address counts as wrong-node", () => {
    const trial = trialOf(baseline());
    for (const probe of trial.probes.slice(10, 14)) probe.servedBy = "vm-node2";
    expect(probeQuality(trial).outcomes).toEqual({ ok: trial.probes.length - 4, "wrong-node": 4 });
  });
});

describe("what is in doubt", () => {
  test("not a full load", () => {
    expect(doubtOf(trialOf(apacheKill()))).toBeNull();
    expect(doubtOf(trialOf(baseline()))).toBeNull();
  });

  test("no probes, too few, and a long silence", () => {
    expect(doubtOf(trialOf(aRun().trial().inject().silence(5_000).end()))).toMatch(/no HTTP probes/);
    expect(doubtOf(trialOf(aRun().trial().inject().serve("vm-node1", 4_000).silence(900).end()))).toMatch(
      /160 HTTP probes .* 176 at least/,
    );
    expect(doubtOf(trialOf(aRun().trial().inject().serve("vm-node1", 30_000).silence(1_200).serve("vm-node1", 5_000).end()))).toMatch(
      /sent for 1225 ms/,
    );
  });

  test.each([
    [120, 2, "one HTTP probe in a hundred was sent 120 ms late or more, where 100 ms are allowed"],
    [99, 2, null],
    [120, 200, null],
  ])("probes that are %d ms late, one in %d: %s", (ms, every, doubt) => {
    const trial = trialOf(baseline());
    for (const [index, probe] of trial.probes.entries()) if (index % every === 0) probe.scheduledUs -= ms * 1000;
    expect(doubtOf(trial)).toBe(doubt);
  });
});
