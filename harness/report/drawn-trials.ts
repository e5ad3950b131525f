import type { TrialResult } from "../check/results.js";
import { gapLength } from "./gap-length.js";
import { ATTENTION } from "./words.js";

/** Trials of one test that are drawn in detail: these three tell the story and keep the page small. */
const MOST = 3;

/**
 * Which trials of a test are worth drawing, the one that needs most attention first: it, the slowest, the one in the middle, and after
 * those what comes next by attention.
 */
export function drawnTrials(trials: readonly TrialResult[]): TrialResult[] {
  const ranked = [...trials].sort(byAttention);
  const measured = trials.filter((trial) => trial.gap !== null).sort((a, b) => byLength(b, a));
  const wanted = [ranked[0], measured.at(-1), measured[Math.floor((measured.length - 1) / 2)], ...ranked.slice(0, MOST)];
  return [...new Set(wanted.filter((trial) => trial !== undefined))].slice(0, MOST);
}

/** Worst verdict, then longest gap, then first. */
export function byAttention(a: TrialResult, b: TrialResult): number {
  return ATTENTION.indexOf(a.verdict) - ATTENTION.indexOf(b.verdict) || byLength(a, b);
}

function byLength(a: TrialResult, b: TrialResult): number {
  const length = gapLength(b) - gapLength(a);
  // Infinity less infinity: two that never came back.
  return (Number.isNaN(length) ? 0 : length) || a.trial - b.trial;
}
