import { describe, expect } from "vitest";
import type { PhaseResult, TrialResult } from "../check/results.js";
import { sandboxTest } from "./testing/sandbox-test.js";

/** Phases that every failover has, and those that only some kinds have. */
const ALWAYS = ["fault", "detection", "decision", "vip up", "arp", "service start", "first answer", "settle"];
const KINDS = [
  { kind: "apache-kill", more: ["stop"], detectedBy: "operation" },
  { kind: "gateway-blackhole", more: ["stop"], detectedBy: "cluster" },
  { kind: "node-power-off", more: ["membership"], detectedBy: "corosync" },
] as const;
const REPEAT = 2;

describe("the phases of real failovers", () => {
  sandboxTest.for(KINDS)(
    "$kind: evidence at both ends of each, and together the gap's span, there and back",
    async ({ kind, more, detectedBy }, { sandbox }) => {
      const run = await sandbox.run(sandbox.suite(kind, `fault("${kind}", "${kind}")`), "--repeat", String(REPEAT)).ended;
      // A busy host may be over a budget; the phases must be right all the same.
      expect([0, 1], `${run.stdout}\n${run.stderr}`).toContain(run.exitCode);
      const trials = sandbox.results().tests[0]?.trials ?? [];
      expect(trials).toHaveLength(REPEAT);
      for (const trial of trials) {
        expect(trial.servedAfter).not.toBe(trial.servedBefore);
        const { phases, failback, gap, faultMs } = trial;
        expect(phases.filter(isObserved).map((phase) => phase.name)).toEqual(expect.arrayContaining([...ALWAYS, ...more]));
        expect(phases.find((phase) => phase.name === "detection")?.ends?.source).toBe(detectedBy);
        expectSound(trial, phases, faultMs, gap?.totalMaxMs);
        expectSound(trial, failback?.phases ?? [], trial.healMs, failback?.gap?.totalMaxMs);
        expect(trial.advice?.length).toBeGreaterThan(0);
      }
    },
  );
});

function isObserved(phase: PhaseResult): boolean {
  return phase.startMs !== null && phase.endMs !== null;
}

/** In order, without holes, each with what began and ended it, and as dark in all as the gap is long. */
function expectSound(trial: TrialResult, phases: PhaseResult[], fromMs: number | null, spanMs: number | null | undefined): void {
  const observed = phases.filter(isObserved);
  let endMs = fromMs;
  for (const phase of observed) {
    expect([phase.name, phase.startMs]).toEqual([phase.name, endMs]);
    expect(phase.endMs, phase.name).toBeGreaterThanOrEqual(phase.startMs ?? NaN);
    expect([phase.name, typeof phase.starts?.text, typeof phase.ends?.text]).toEqual([phase.name, "string", "string"]);
    endMs = phase.endMs;
  }
  expect(observed.at(-1)?.name).toBe("settle");
  const darkMs = phases.reduce((sum, phase) => sum + (phase.darkMs ?? NaN), 0);
  expect(Math.abs(darkMs - (spanMs ?? NaN)), `dark in all phases ${darkMs} ms, span ${String(spanMs)} ms`).toBeLessThanOrEqual(
    trial.probes.periodMs,
  );
}
