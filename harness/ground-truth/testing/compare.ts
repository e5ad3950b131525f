import type { Gap } from "../../timing/gap.js";
import type { CapturedGap } from "./captured-gap.js";

/** A reported gap beside the captured one, ms; `wrong` says in words where they contradict each other. */
export interface Comparison {
  minMs: number;
  maxMs: number;
  /** From the last good answer to the next. */
  answersMs: number;
  widthMs: number;
  wrong: string[];
}

/** What the reported interval claims about length and place, against the packets. Both are on the run's axis, in microseconds. */
export function compare(reported: Gap, captured: CapturedGap | null): Comparison | null {
  const [spell] = reported.spells.toSorted((a, b) => (b.maxMs ?? Infinity) - (a.maxMs ?? Infinity));
  if (spell === undefined || spell.maxMs === null || spell.okBefore === null || spell.okAfter === null || captured === null) return null;
  const { minMs, maxMs } = spell;
  const { lastAnswerUs, firstAnswerUs } = captured;
  const answersMs = (firstAnswerUs - lastAnswerUs) / 1000;
  const claims: [string, number, number, number][] = [
    ["ms from answer to answer", answersMs, minMs, maxMs],
    ["us of the last answer before", lastAnswerUs, spell.okBefore.atUs, spell.darkByUs],
    ["us of the first answer after", firstAnswerUs, spell.lastFailure.atUs, spell.okAfter.endUs],
  ];
  const wrong = claims
    .filter(([, value, from, to]) => value < from || value > to)
    .map(([what, value, from, to]) => `${what}: captured ${value}, reported ${from} to ${to}`);
  return { minMs, maxMs, answersMs, widthMs: maxMs - minMs, wrong };
}
