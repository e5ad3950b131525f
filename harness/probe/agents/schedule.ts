import { nowUs } from "./send.js";

/**
 * Slots that are overdue are acted on at once, but no more of them than this: what piles up while we are stopped would strike the
 * service all together, and many requests of one moment show no more than one does. The rest are let go, and missing.
 */
const CATCH_UP_SLOTS = 5;

/**
 * Acts on a fixed schedule that never waits for what it began (open model): a hung request must not hide the outage behind it.
 * Times are computed from the start, so lateness never adds up. `act` is told when the schedule wanted it, CLOCK_MONOTONIC in
 * microseconds; of a backlog the oldest slots are kept, so that the lateness they show is that of the whole stop.
 */
export function schedule(periodMs: number, act: (scheduledUs: number) => void, afterwards: () => void): void {
  const periodUs = periodMs * 1000;
  const startUs = nowUs();
  let next = 0;
  const round = () => {
    const due = Math.floor((nowUs() - startUs) / periodUs);
    for (const last = Math.min(due, next + CATCH_UP_SLOTS - 1); next <= last; next += 1) act(startUs + next * periodUs);
    next = Math.max(next, due + 1);
    afterwards();
    // Rounded up: a timer that fires early would only be set again.
    setTimeout(round, Math.max(0, Math.ceil((startUs + next * periodUs - nowUs()) / 1000)));
  };
  round();
}
