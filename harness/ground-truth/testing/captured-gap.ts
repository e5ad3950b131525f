/** A dark time as packets alone show it: from the last good answer before it to the first one after it. */
export interface CapturedGap {
  lastAnswerUs: number;
  firstAnswerUs: number;
}

/**
 * The longest time without a good answer among those that begin in [fromUs, toUs). No notion of outcome, limit or schedule:
 * only when good answers arrived. Null: none begins there.
 */
export function capturedGap(answersUs: readonly number[], fromUs: number, toUs: number): CapturedGap | null {
  let longest: CapturedGap | null = null;
  for (const [index, firstAnswerUs] of answersUs.entries()) {
    const lastAnswerUs = answersUs[index - 1];
    if (lastAnswerUs === undefined || lastAnswerUs < fromUs || lastAnswerUs >= toUs) continue;
    if (longest === null || firstAnswerUs - lastAnswerUs > longest.firstAnswerUs - longest.lastAnswerUs) {
      longest = { lastAnswerUs, firstAnswerUs };
    }
  }
  return longest;
}
