import type { Comparison } from "../../check/comparison.js";
import type { TestModel } from "../model.js";

/** What the earlier run took for a phase, and how far this run is from it. */
export interface PhaseBaseline {
  phase: string;
  medianMs: number | null;
  shiftMs: number | null;
  verdict: string;
}

/** The comparison's rows on the phases of one test; none without a comparison. */
export function phaseBaselines(comparison: Comparison | null, test: Pick<TestModel, "suite" | "name">): PhaseBaseline[] {
  const rows = (comparison?.rows ?? []).filter((row) => row.what === "phase" && row.suite === test.suite && row.test === test.name);
  return rows.flatMap(({ phase, baseline, shiftMs, verdict }) =>
    phase === null ? [] : [{ phase, medianMs: baseline.median?.ms ?? null, shiftMs, verdict }],
  );
}
