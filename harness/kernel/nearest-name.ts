import { distance } from "fastest-levenshtein";

/** The candidate nearest to a misspelt name, or null when none is near: at most 2 edits, or a third of the name's length. */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  let best: { name: string; edits: number } | null = null;
  for (const candidate of candidates) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (best === null || edits < best.edits) best = { name: candidate, edits };
  }
  // Two edits is one swapped pair of letters; longer names may be further off and still be meant.
  return best !== null && best.edits <= Math.max(2, Math.floor(name.length / 3)) ? best.name : null;
}

/** What to write instead of an unknown name: the nearest one when there is one, else all that are known. */
export function suggestName(name: string, candidates: Iterable<string>): string {
  const known = [...candidates];
  const nearest = nearestName(name, known);
  if (nearest !== null) return `did you mean ${nearest}?`;
  return known.length === 0 ? "none is defined" : `known: ${known.join(", ")}`;
}
