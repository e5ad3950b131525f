/** Why something was violated, as far as the configuration or the history tells. */
export interface Explanation {
  /** Stable code. */
  reason: string;
  /** A clause for the finding that begins with "; ", or nothing. */
  why: string;
}
