import type { LabFacts } from "./lab.js";

/**
 * How many times more seldom a node is looked at, and how many times longer it is waited for, than on a real processor. A look takes an
 * emulated one as many times longer as its pace says. Beyond four times, news would come too late to be any; what daemons log is looked at
 * at once all the same.
 */
export function slowDown({ pace }: Pick<LabFacts, "pace">): number {
  return Math.min(pace, 4);
}
