/** A duration for people: 850 ms, 5.5 s, 2 min 5 s. */
export function milliseconds(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** A gap as the interval it is. */
export function gapText(gap: { minMs: number; maxMs: number | null } | null): string {
  if (gap === null) return "unknown";
  if (gap.maxMs === null) return `over ${milliseconds(gap.minMs)}, never back`;
  if (gap.maxMs === 0) return "none";
  return `${milliseconds(gap.minMs)} to ${milliseconds(gap.maxMs)}`;
}
