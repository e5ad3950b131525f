import type { PhaseResult, TrialResult } from "../../check/results.js";
import { culpritOf } from "../culprit.js";
import { seconds } from "../words.js";
import type { Lane, Mark, TrialScope } from "./lane.js";

/** The phases of the failover and of the failback as one band; the one that cost most stands out. */
export function phaseLane(scope: TrialScope, result: TrialResult): Lane {
  const culprit = culpritOf(result.phases);
  const failback = result.failback?.phases ?? [];
  const marks = [
    ...result.phases.flatMap((phase) => band(scope, phase, phase === culprit, "")),
    ...failback.flatMap((phase) => band(scope, phase, false, "failback: ")),
  ];
  return { title: "Phases", rows: [{ label: "", marks }] };
}

function band(scope: TrialScope, phase: PhaseResult, culprit: boolean, prefix: string): Mark[] {
  if (phase.startMs === null || phase.endMs === null || phase.endMs <= phase.startMs) return [];
  return [
    {
      kind: "span",
      fromMs: phase.startMs - scope.zeroMs,
      toMs: phase.endMs - scope.zeroMs,
      tone: culprit ? "culprit" : "phase",
      label: phase.name,
      title: `${prefix}${phase.name}, ${seconds(phase.endMs - phase.startMs)}${culprit ? ", the culprit" : ""}`,
    },
  ];
}
