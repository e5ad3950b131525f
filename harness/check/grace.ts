import { slowDownOf } from "../history/views/slow-down-of.js";
import type { Trial } from "../history/views/trial.js";

/**
 * crm_mon is asked at least once a second, so a state that shows something out of place for no longer may be a snapshot of a legal move
 * (one resource already started there, the other not yet stopped here). What stands for more than one and a half periods is none.
 */
const SNAPSHOT_GRACE_US = 1_500_000;

/** Microseconds; where nodes are slow, they are asked more seldom. */
export function snapshotGraceUs(trial: Pick<Trial, "events">): number {
  return SNAPSHOT_GRACE_US * slowDownOf(trial);
}
