import type { ClusterDefinition } from "../../cluster/definition.js";
import { floorsFor } from "../../cluster/floors.js";
import type { FaultSpec } from "../../history/event.js";
import type { Gap } from "../gap.js";
import type { Phase } from "../phases.js";

/** What advice is made from: the definition, and what was observed of one trial. */
export interface Observed {
  definition: ClusterDefinition;
  fault: FaultSpec;
  phases: readonly Phase[];
  gap: Gap | null;
  failbackGap: Gap | null;
}

export interface Advice {
  id: string;
  /** One sentence with numbers. */
  text: string;
  /** What the worst case falls by, ms; null where no number can be promised today. */
  savesMs: number | null;
  /** What may go wrong when one follows it. */
  risk: string;
}

/** Looks for one way to be faster: a file of its own and one line in the registry. Null: does not apply. */
export interface AdviceRule {
  id: string;
  /** One sentence for the docs. */
  summary: string;
  advise(observed: Observed): Omit<Advice, "id"> | null;
}

/** What the worst case falls by when the definition is changed, ms: the same arithmetic as the floors and budgets. */
export function savedBy({ definition, fault }: Observed, change: (copy: ClusterDefinition) => void): number {
  const changed = structuredClone(definition);
  change(changed);
  return worstMs(definition, fault) - worstMs(changed, fault);
}

function worstMs(definition: ClusterDefinition, fault: FaultSpec): number {
  return Object.values(floorsFor(definition, fault)).reduce((sum, floor) => sum + floor.mostMs, 0);
}

/** How long a phase took here, ms; null: not observed. */
export function tookMs({ phases }: Observed, name: Phase["name"]): number | null {
  const phase = phases.find((one) => one.name === name);
  return phase === undefined || phase.startMs === null || phase.endMs === null ? null : phase.endMs - phase.startMs;
}

/** Milliseconds as people read them in a sentence: 5.3 s, 200 ms. */
export function inWords(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}

/** " (5.3 s here)", or nothing when the phase was not observed. */
export function here(observed: Observed, name: Phase["name"]): string {
  const ms = tookMs(observed, name);
  return ms === null ? "" : ` (${inWords(ms)} here)`;
}
