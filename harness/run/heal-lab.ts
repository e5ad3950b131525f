import { HachaosError, messageOf } from "../kernel/errors.js";
import type { FaultInForce, Lab } from "../lab/lab.js";
import { findTraces, takeBack, wipeOut } from "./faults-in-force.js";

export interface HealNews {
  /** What a proof saw. */
  seen(line: string): void;
  /** What was done. */
  done(line: string): void;
}

/**
 * Takes back these faults, the last one first, and goes on when one fails; with `traces`, then also whatever else of a fault is found in
 * the lab, as when its journal is gone. Throws `undo-not-proven` with all failures.
 */
export async function healLab(lab: Lab, faults: readonly FaultInForce[], { traces }: { traces: boolean }, news: HealNews): Promise<void> {
  const failures = new Set<string>();
  const attempt = async (title: string, work: () => Promise<string[]>) => {
    try {
      for (const line of await work()) news.seen(line);
      news.done(`${title} is taken back`);
    } catch (error) {
      failures.add(`${title}: ${messageOf(error)}`);
    }
  };
  // The last one first, as it came on top of the others.
  for (const fault of faults.toReversed()) await attempt(fault.id, () => takeBack(lab, fault, () => undefined));
  if (traces) {
    for (const trace of await findTraces(lab)) {
      await attempt(`${trace.kind} of ${trace.nodes.join(", ")}, which the journal does not hold,`, () => wipeOut(lab, trace));
    }
  }
  if (failures.size > 0) throw new HachaosError("undo-not-proven", [...failures].join("\n  "));
}
