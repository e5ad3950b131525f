import type { Connection } from "./connections.js";

/** A dark time as packets alone show it. */
export interface CapturedGap {
  /** First data of the last good answer before it, and of the first good answer after it. */
  lastAnswerUs: number;
  firstAnswerUs: number;
  /** The first connection request in it that was not accepted, and the first one after it that was; null: none was refused or unheard. */
  firstUnacceptedUs: number | null;
  firstAcceptedUs: number | null;
}

/**
 * The longest time without a good answer among those that begin in [fromUs, toUs). No notion of outcome, limit or schedule:
 * only when good answers arrived. Null: fewer than two arrived.
 */
export function capturedGap(connections: readonly Connection[], fromUs: number, toUs: number): CapturedGap | null {
  const answers = connections.flatMap(({ answeredUs }) => answeredUs ?? []).sort((a, b) => a - b);
  let best: { lastAnswerUs: number; firstAnswerUs: number } | null = null;
  for (const [index, firstAnswerUs] of answers.entries()) {
    const lastAnswerUs = answers[index - 1];
    if (lastAnswerUs === undefined || lastAnswerUs < fromUs || lastAnswerUs >= toUs) continue;
    if (best === null || firstAnswerUs - lastAnswerUs > best.firstAnswerUs - best.lastAnswerUs) best = { lastAnswerUs, firstAnswerUs };
  }
  if (best === null) return null;
  const { lastAnswerUs, firstAnswerUs } = best;
  // Accepted, yet by a service that died over it: no sign that the time was over.
  const unaccepted = connections.filter(({ synUs, acceptedUs }) => acceptedUs === null && synUs > lastAnswerUs && synUs < firstAnswerUs);
  const lastUnacceptedUs = unaccepted.at(-1)?.synUs ?? null;
  const accepted = connections.find(
    ({ synUs, acceptedUs }) => acceptedUs !== null && lastUnacceptedUs !== null && synUs > lastUnacceptedUs,
  );
  return {
    ...best,
    firstUnacceptedUs: unaccepted[0]?.synUs ?? null,
    firstAcceptedUs: accepted?.synUs ?? null,
  };
}
