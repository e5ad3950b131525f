import type { PhaseResult } from "../check/results.js";

/** The phase that cost most: the largest excess over what the configuration explains, else the largest share of the dark time. Null: none did. */
export function culpritOf(phases: readonly PhaseResult[]): PhaseResult | null {
  return largest(phases, (phase) => phase.excessMs ?? 0) ?? largest(phases, (phase) => phase.darkMs ?? 0);
}

function largest(phases: readonly PhaseResult[], cost: (phase: PhaseResult) => number): PhaseResult | null {
  const ranked = phases.filter((phase) => cost(phase) > 0).sort((a, b) => cost(b) - cost(a));
  return ranked[0] ?? null;
}
