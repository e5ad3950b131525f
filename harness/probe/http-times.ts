import type { LabFacts } from "../lab/lab.js";
import { slowDown } from "../cluster/slow-down.js";

/** 100 requests a second resolve a gap to 10 ms, a tenth of the 0.1 s a report speaks in. */
export const PERIOD_MS = 10;

/** Ten a second over the kept connection: what it feels is stretched by time limits and retransmissions, which need no finer look. */
export const KEPT_PERIOD_MS = 100;

/** A slow server would have nothing else to do than to answer: there it is asked as much more seldom as the nodes are looked at. */
export function periodsMs(facts: Pick<LabFacts, "pace">): { periodMs: number; keptPeriodMs: number } {
  const factor = slowDown(facts);
  return { periodMs: Math.round(PERIOD_MS * factor), keptPeriodMs: Math.round(KEPT_PERIOD_MS * factor) };
}

/**
 * A healthy page takes 2 to 5 ms in the lab. After one second TCP sends its connection request again (RFC 6298, 2.1): a limit of that
 * length or more would turn a short silence into slow answers.
 */
export const TIMEOUT_MS = 900;
