import type { Evidence, MarkResult, PhaseResult, TrialResult } from "../check/results.js";

/** What a finding or a phase rests on. */
export type Cited = Evidence | MarkResult;

export interface Citation {
  cited: Cited;
  /** Null: it was said already, by the phase before. */
  by: string | null;
}

/** Every piece of evidence of a trial with who cites it: each constraint its own, each phase the marks that start and end it. */
export function citationsOf(result: TrialResult): Citation[] {
  return [
    ...result.constraints.flatMap((constraint) => constraint.evidence.map((cited) => ({ cited, by: constraint.id }))),
    ...marksOf(result.phases, ""),
    ...marksOf(result.failback?.phases ?? [], "failback "),
  ];
}

function marksOf(phases: readonly PhaseResult[], prefix: string): Citation[] {
  let before: MarkResult | null = null;
  return phases.flatMap(({ name, starts, ends }) => {
    const follows = sameMark(starts, before);
    before = ends ?? before;
    return [
      ...(starts ? [{ cited: starts, by: follows ? null : `starts ${prefix}${name}` }] : []),
      ...(ends ? [{ cited: ends, by: `ends ${prefix}${name}` }] : []),
    ];
  });
}

/** True for the mark that ends one phase and starts the next. */
export function sameMark(a: MarkResult | null | undefined, b: MarkResult | null | undefined): boolean {
  return !!a && !!b && a.atMs === b.atMs && a.node === b.node && a.text === b.text;
}
