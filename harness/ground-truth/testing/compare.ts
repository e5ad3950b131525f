import type { Probe, Window } from "../../history/views/windows.js";
import type { Gap, Spell } from "../../timing/gap.js";
import { capturedGaps, lengthUs, longestOf, type CapturedGap } from "./captured-gap.js";

/** A reported gap beside the captured one, ms; `wrong` says in words where they contradict each other. */
export interface Comparison {
  minMs: number;
  maxMs: number;
  /** From the last good answer to the next. */
  answersMs: number;
  widthMs: number;
  wrong: string[];
}

/** What the gap was reported of. */
export interface Reported {
  window: Window;
  probes: readonly Probe[];
  /** The trial's dark times that were reported of other windows. */
  elsewhere: readonly Spell[];
}

/**
 * What the reported interval claims about length and place, against when good answers arrived; all on the run's axis, in microseconds. The
 * longest spell is held against a captured time without an answer at its very place: where two are about as long, the longest that
 * the probes saw need not be the longest that was captured. No other of the window may be longer than what is reported.
 */
export function compare(reported: Gap, answersUs: readonly number[], { window, probes, elsewhere }: Reported): Comparison | null {
  const [spell] = reported.spells.toSorted((a, b) => (b.maxMs ?? Infinity) - (a.maxMs ?? Infinity));
  if (spell === undefined || spell.maxMs === null || spell.okBefore === null || spell.okAfter === null) return null;
  const { minMs, maxMs, okBefore, okAfter } = spell;
  const gaps = capturedGaps(answersUs);
  const lastUs = answeredUntilUs(spell, probes);
  // A spell that may have been shorter than the time between two answers has several about it, and need be only one of them.
  const [fitting] = gaps
    .filter((gap) => gap.firstAnswerUs >= okBefore.atUs && gap.lastAnswerUs <= okAfter.endUs)
    .map((gap) => ({ gap, wrong: contradictions(spell, gap, lastUs) }))
    .sort((a, b) => a.wrong.length - b.wrong.length || lengthUs(b.gap) - lengthUs(a.gap));
  if (fitting === undefined) return null;
  const own = gaps.filter((gap) => isIn(window, gap) && !elsewhere.some((other) => overlaps(gap, other)));
  const longestMs = lengthUs(longestOf(own) ?? fitting.gap) / 1000;
  const longer = longestMs > maxMs ? [`another one is longer: captured ${longestMs} ms, reported ${maxMs} ms at most`] : [];
  return { minMs, maxMs, answersMs: lengthUs(fitting.gap) / 1000, widthMs: maxMs - minMs, wrong: [...fitting.wrong, ...longer] };
}

function contradictions(
  { maxMs, okBefore, okAfter, lastFailure }: Spell,
  { lastAnswerUs, firstAnswerUs }: CapturedGap,
  lastUs: number,
): string[] {
  const claims: [string, number, number, number][] = [
    ["ms from answer to answer", (firstAnswerUs - lastAnswerUs) / 1000, Math.max(0, lastFailure.atUs - lastUs) / 1000, maxMs ?? Infinity],
    ["us of the last answer before", lastAnswerUs, okBefore?.atUs ?? -Infinity, lastUs],
    ["us of the first answer after", firstAnswerUs, lastFailure.atUs, okAfter?.endUs ?? Infinity],
  ];
  return claims
    .filter(([, value, from, to]) => value < from || value > to)
    .map(([what, value, from, to]) => `${what}: captured ${value}, reported ${from} to ${to}`);
}

function isIn({ fromUs, toUs }: Window, { lastAnswerUs }: CapturedGap): boolean {
  return lastAnswerUs >= fromUs && lastAnswerUs < toUs;
}

/** A time without an answer goes on at the time that a spell was surely dark, or, where it need not have lasted, may have been. */
function overlaps({ lastAnswerUs, firstAnswerUs }: CapturedGap, { darkByUs, lastFailure }: Spell): boolean {
  const [fromUs, toUs] = [Math.min(darkByUs, lastFailure.atUs), Math.max(darkByUs, lastFailure.atUs)];
  return firstAnswerUs >= fromUs && lastAnswerUs <= toUs;
}

/**
 * Until when somebody may still have been answered. Silence is one for all. But a service of several processes does not die at one moment: one
 * of them may reset what it had accepted while another answers; and where nobody accepts any more, what was accepted before may still
 * be answered, which takes no longer than good answers took.
 */
function answeredUntilUs({ darkByUs, firstFailure, lastFailure, okBefore }: Spell, probes: readonly Probe[]): number {
  const failures = probes.filter(({ outcome, atUs }) => outcome !== "ok" && atUs >= firstFailure.atUs && atUs <= lastFailure.atUs);
  const proof = failures.find(({ endUs }) => endUs === darkByUs);
  if (proof === undefined || proof.outcome === "timeout") return darkByUs;
  const unaccepted = failures.filter(({ connectedUs = null }) => connectedUs === null);
  const nobodyUs =
    unaccepted.length === 0 ? darkByUs : Math.min(...unaccepted.map(({ endUs, atUs, outcome }) => (outcome === "refused" ? endUs : atUs)));
  const good = probes.filter(({ outcome, atUs }) => outcome === "ok" && atUs <= (okBefore?.atUs ?? 0)).slice(-LATELY);
  return Math.max(darkByUs, nobodyUs) + Math.max(0, ...good.map(({ atUs, endUs }) => endUs - atUs));
}

/** A second of them. */
const LATELY = 100;
