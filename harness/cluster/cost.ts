import type { PhaseName } from "./phase-names.js";

/**
 * What one step of a failover costs by the configuration alone, ms: at least and at most. The two differ where the step waits for a
 * cycle (a monitor, a ping) or for an agent that looks only once a second. Budgets and floors are both made of these.
 */
export interface Cost {
  phase: PhaseName;
  name: string;
  leastMs: number;
  mostMs: number;
  /** For example "pacemaker.crm: op monitor interval=10s of httpd" or a man page. */
  source: string;
  /** Time that a budget allows for but that need not be used up: no part of any floor. */
  slack?: true;
  /** How many of a resource agent's operations are done in it: work, which a slower processor takes longer for. */
  operations?: number;
}

/** What the configuration adds up to; a warning says what it cannot promise at all. */
export interface Costs {
  costs: Cost[];
  warning: string | null;
}

/** A step that takes a random part of a cycle. */
export function upTo(ms: number): Pick<Cost, "leastMs" | "mostMs"> {
  return { leastMs: 0, mostMs: ms };
}

/** A step that always takes the same time. */
export function always(ms: number): Pick<Cost, "leastMs" | "mostMs"> {
  return { leastMs: ms, mostMs: ms };
}
