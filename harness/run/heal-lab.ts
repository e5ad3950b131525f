import { HachaosError, messageOf } from "../kernel/errors.js";
import type { FaultInForce, Lab } from "../lab/lab.js";
import { findTraces, takeBack, wipeOut, type NotePower } from "./faults-in-force.js";

/** Who wants to know what becomes of each fault, by its name in the journal or, without one, by words. */
export interface HealWitness {
  healing(name: string): void;
  /** It is gone: what was read back. */
  healed(name: string, evidence: string[]): void;
  notHealed(name: string, error: unknown): void;
  notePower: NotePower;
}

/**
 * Takes back these faults, the last one first, and goes on when one fails; with `traces`, then also whatever else of a fault is found in
 * the lab, as when its journal is gone. Throws `undo-not-proven` with all failures.
 */
export async function healLab(
  lab: Lab,
  faults: readonly FaultInForce[],
  { traces }: { traces: boolean },
  witness: Partial<HealWitness>,
): Promise<void> {
  const notePower = witness.notePower ?? (() => undefined);
  const failures = new Set<string>();
  const attempt = async (name: string, work: () => Promise<string[]>) => {
    witness.healing?.(name);
    try {
      const evidence = await work();
      witness.healed?.(name, evidence);
    } catch (error) {
      failures.add(`${name}: ${messageOf(error)}`);
      witness.notHealed?.(name, error);
    }
  };
  // The last one first, as it came on top of the others.
  for (const fault of faults.toReversed()) await attempt(fault.id, () => takeBack(lab, fault, notePower));
  if (traces) {
    for (const trace of await findTraces(lab)) {
      await attempt(`${trace.kind} of ${trace.nodes.join(", ")}, which the journal does not hold,`, () => wipeOut(lab, trace));
    }
  }
  if (failures.size > 0) throw new HachaosError("undo-not-proven", [...failures].join("\n  "));
}
