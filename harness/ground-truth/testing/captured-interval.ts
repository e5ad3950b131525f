import type { Trial } from "../../history/views/trial.js";
import { failbackWindow, faultWindow, type Window } from "../../history/views/windows.js";
import { failbackGapOf, faultGapOf, quietGapOf, type Gap } from "../../timing/gap.js";
import { compare, type Comparison } from "./compare.js";

/** A gap that is reported, and the stretch of a trial it is reported of. */
export interface ReportedOf {
  name: string;
  gapOf(trial: Trial): Gap | null;
  windowOf(trial: Trial): Window | null;
}

export const FAULT: ReportedOf = { name: "fault", gapOf: faultGapOf, windowOf: faultWindow };
export const FAILBACK: ReportedOf = { name: "failback", gapOf: failbackGapOf, windowOf: failbackWindow };
export const WINDOWS = [FAULT, FAILBACK] as const;

/** What a trial's report claims of one of its windows, against when good answers arrived. Null: it reports no gap there that had an end. */
export function capturedInterval(trial: Trial, answersUs: readonly number[], { gapOf, windowOf }: ReportedOf): Comparison | null {
  const [gap, window] = [gapOf(trial), windowOf(trial)];
  if (gap === null || window === null) return null;
  const others = [quietGapOf, faultGapOf, failbackGapOf].filter((other) => other !== gapOf);
  const elsewhere = others.flatMap((other) => other(trial)?.spells ?? []);
  return compare(gap, answersUs, { window, probes: trial.probes, elsewhere });
}
