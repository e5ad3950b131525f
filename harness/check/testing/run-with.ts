import { apacheKill } from "../../history/testing/scenarios.js";
import { judge } from "../judge.js";
import type { Results, TrialResult } from "../results.js";

const sample = judge(apacheKill().history());
const trialLike = sample.tests[0]?.trials[0] as TrialResult;

/** A run of one test whose gaps are these; null: never came back. Its phases are detection, which takes them all, and first answer. */
export function runWith(
  gapsMs: readonly (number | null)[],
  change: Partial<Results["run"]> = {},
  verdict: TrialResult["verdict"] = "pass",
): Results {
  const trials = gapsMs.map((ms, index): TrialResult => {
    const minMs = ms ?? 20_000;
    const gap = { minMs, maxMs: ms, spells: 1, totalMinMs: minMs, totalMaxMs: ms };
    const probes = { ...trialLike.probes, periodMs: 10 };
    const phases = [
      { name: "fault", startMs: 0, endMs: 100, evidence: "" },
      { name: "detection", startMs: ms === null ? null : 100, endMs: ms, evidence: "" },
      { name: "first answer", startMs: ms, endMs: ms === null ? null : ms + 50, evidence: "" },
    ];
    return { ...trialLike, trial: index + 1, verdict, gap, failback: null, probes, phases };
  });
  return { ...sample, run: { ...sample.run, ...change }, tests: [{ suite: "suites/failover", name: "apache-kill", verdict, trials }] };
}

/** Gaps from `ms` on, 137 ms apart. */
export const around = (ms: number, count: number): number[] => Array.from({ length: count }, (_, index) => ms + index * 137);
