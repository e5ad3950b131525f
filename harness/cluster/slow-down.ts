/** `pace`: how many times longer the nodes take for the same work than a quick processor (LabFacts). */
interface Paced {
  pace: number;
}

/**
 * How many times more seldom a node is looked at, and how many times longer it is waited for, than on a quick processor. A look takes a
 * slow one as many times longer as its pace says. Beyond four times, news would come too late to be any; what daemons log is looked at
 * at once all the same.
 */
export function slowDown({ pace }: Paced): number {
  return Math.min(pace, 4);
}

/**
 * How often to look at a node that nothing else is asked of but to get ready, ms: a look takes a slow processor so many times longer, and
 * takes that from what is waited for. As often as `everyMs` on a quick one, every 2 s where it is slow.
 */
export function lookEveryMs(everyMs: number, { pace }: Paced): number {
  return Math.max(everyMs, Math.min(everyMs * pace, 2_000));
}
