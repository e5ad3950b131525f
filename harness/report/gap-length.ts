import type { TrialResult } from "../check/results.js";

/** The most a trial's gap can have been, ms: never came back counts as endless, not measured as none. */
export function gapLength({ gap }: Pick<TrialResult, "gap">): number {
  return gap === null ? 0 : (gap.maxMs ?? Infinity);
}
