import type { FaultSpec } from "../history/event.js";
import { faultOf } from "../fault/registry.js";
import { HachaosError } from "../kernel/errors.js";
import type { FaultInForce, JournalEntry, Lab } from "../lab/lab.js";
import { alone, breakNow, newFault, type Witness } from "./faults-in-force.js";
import { resolveTarget } from "./targets.js";

/**
 * Ten times the slowest failover that was measured on the maquette (a silent gateway, about 45 s): time to look around, and a lab that
 * somebody left broken is whole again after a coffee.
 */
export const LEASE_S = 600;

export interface Strike {
  spec: FaultSpec;
  leaseS: number;
  /** The node that serves at that moment, for a target that depends on it. */
  active(): Promise<string>;
  /** Told of the fault before it is in the journal: who watches it. */
  witness(fault: FaultInForce): Witness;
  /** Told when another hachaos has the lab at the moment. */
  onWait?(other: string): void;
}

/** Breaks something in a lab that people hold, alone and proven. Throws `lab-dirty`, `fault-not-proven`, `unknown-name`. */
export async function strike(lab: Lab, { spec, leaseS, active, witness, onWait }: Strike): Promise<FaultInForce> {
  const work = async () => {
    refuseDirty(lab.name, await lab.journal.list());
    const nodes = resolveTarget(lab, faultOf(spec.kind), spec.target, await active()).map(({ name }) => name);
    const fault = newFault(spec.kind, nodes, spec.params, leaseS);
    await breakNow(lab, fault, witness(fault));
    return fault;
  };
  return alone(lab, `inject ${spec.kind}`, work, onWait);
}

/** What another fault does to a lab that is not whole, nobody could tell. */
export function refuseDirty(lab: string, faults: readonly JournalEntry[]): void {
  const dirty = faults.filter((fault) => fault.dirty !== null).map(({ id, dirty: why }) => `${id}: ${why ?? ""}`);
  if (dirty.length > 0) throw new HachaosError("lab-dirty", `the lab ${lab} is dirty: ${dirty.join("; ")}`);
}
