import type { ClusterDefinition, ClusterPromise } from "../cluster/definition.js";
import type { Trial } from "../history/views/trial.js";
import type { ConstraintResult } from "./results.js";

/**
 * Judges one aspect of a trial from what the history tells and what the definition promises: pure, no clock, no lab. A checker of
 * promises gives one result for each promise of its kinds, under the promise's id; every other checker gives results under its own.
 * Without enough evidence it says `unknown`, and `skipped` where it does not apply; one that throws counts as `unknown`.
 */
export interface Checker {
  /** Id of its results when it judges no promise. */
  id: string;
  title: string;
  /** One sentence for docs and legends. */
  summary: string;
  /** Kinds of promises it judges; empty for a checker that always applies. */
  promises: readonly ClusterPromise["kind"][];
  /** Judges also trials in which a second fault came before the first was taken back; nobody says what must happen then, but some things must never. */
  anyFaults?: true;
  check(trial: Trial, definition: ClusterDefinition): ConstraintResult[];
}
