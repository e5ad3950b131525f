/** A dark time as packets alone show it: from the last good answer before it to the first one after it. */
export interface CapturedGap {
  lastAnswerUs: number;
  firstAnswerUs: number;
}

/** All times without a good answer, in order. No notion of outcome, limit or schedule: only when good answers arrived. */
export function capturedGaps(answersUs: readonly number[]): CapturedGap[] {
  return answersUs.flatMap((firstAnswerUs, index) => {
    const lastAnswerUs = answersUs[index - 1];
    return lastAnswerUs === undefined ? [] : [{ lastAnswerUs, firstAnswerUs }];
  });
}

/** The longest one. Null: there is none. */
export function longestOf(gaps: readonly CapturedGap[]): CapturedGap | null {
  return gaps.reduce<CapturedGap | null>((longest, gap) => (longest === null || lengthUs(gap) > lengthUs(longest) ? gap : longest), null);
}

export function lengthUs({ lastAnswerUs, firstAnswerUs }: CapturedGap): number {
  return firstAnswerUs - lastAnswerUs;
}
