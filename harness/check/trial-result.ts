import type { Trial } from "../history/views/trial.js";
import { adviceFor } from "../timing/advice/advice.js";
import { failbackGapOf, faultGapOf, type Gap } from "../timing/gap.js";
import { failbackPhasesOf, phasesOf } from "../timing/phases.js";
import { probeQuality } from "../timing/probe-quality.js";
import type { ConstraintResult, TrialResult } from "./results.js";
import { isProven, trialVerdict } from "./verdict.js";

/** A trial as results.json tells it. */
export function trialResult(trial: Trial, constraints: ConstraintResult[]): TrialResult {
  const { started, marks } = trial;
  const phases = phasesOf(trial);
  return {
    trial: trial.number,
    ...trialVerdict(trial, constraints),
    fault: started.fault,
    proven: isProven(trial),
    gap: gapResult(faultGapOf(trial)),
    budgetMs: started.budget.ms,
    budget: started.budget,
    servedBefore: trial.servedBefore,
    servedAfter: trial.servedAfter,
    failback:
      marks.healing === null
        ? null
        : {
            gap: gapResult(failbackGapOf(trial)),
            budgetMs: started.failbackBudget.ms,
            budget: started.failbackBudget,
            phases: failbackPhasesOf(trial),
          },
    probes: probeQuality(trial),
    kept: keptResult(trial),
    phaseMs: started.phaseMs ?? null,
    phases,
    advice: adviceFor(trial, phases),
    constraints,
    startMs: trial.startUs / 1000,
    faultMs: marks.injecting === null ? null : marks.injecting.atUs / 1000,
    healMs: marks.healing === null ? null : marks.healing.atUs / 1000,
    endMs: trial.endUs / 1000,
  };
}

function gapResult(gap: Gap | null): TrialResult["gap"] {
  if (gap === null) return null;
  const { minMs, maxMs, spells, totalMinMs, totalMaxMs } = gap;
  return { minMs, maxMs, spells: spells.length, totalMinMs, totalMaxMs };
}

/** What the client that keeps its connection felt of the fault. Null: there was none. */
function keptResult(trial: Trial): TrialResult["kept"] {
  const { kept } = trial;
  if (kept.length === 0) return null;
  return {
    gap: gapResult(faultGapOf({ ...trial, probes: kept, earlier: [] })),
    total: kept.length,
    failed: kept.filter((probe) => probe.outcome !== "ok").length,
    connections: new Set(kept.map((probe) => probe.connection)).size,
  };
}
