/** A time limit with its arithmetic: the sum of its terms, each with where the number comes from. */
export interface Budget {
  ms: number;
  /** What the configuration adds up to, term by term (shown even when the definition sets its own limit). */
  terms: BudgetTerm[];
  /** `computed` from the configuration or set by the `definition`. */
  source: "computed" | "definition";
  /** The least that the configuration can promise in the worst case, without slack. */
  floorMs: number;
  /** Part of `ms`: what a slow processor takes longer for the same work; absent: the nodes' is none. */
  slowerMs?: number;
  /** Set when the definition's own limit is below what the configuration can do. */
  warning: string | null;
}

export interface BudgetTerm {
  name: string;
  ms: number;
  /** For example "pacemaker.crm: op monitor interval=10s of httpd" or a man page. */
  source: string;
  /** Time that the configuration allows but that need not be used up: no part of the floor. */
  slack?: true;
}
