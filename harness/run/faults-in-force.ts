import { randomBytes } from "node:crypto";
import type { Params, Site } from "../fault/fault.js";
import { faultOf } from "../fault/registry.js";
import { messageOf } from "../kernel/errors.js";
import { nodeOf, type FaultInForce, type Lab } from "../lab/lab.js";

/** Notes that a node loses or gets power. */
export type NotePower = Site<Params>["notePower"];

/** Who wants to know what happens while a fault is injected. */
export interface Witness {
  /** It is in the journal and acts from now on. */
  noteActing(): void;
  /** It bit: what was read back. */
  noteProven(evidence: string[]): void;
  notePower: NotePower;
}

/** A fault as the journal has it, not yet noted there. */
export function newFault(kind: string, nodes: string[], params: Params): FaultInForce {
  return { id: `${kind}-${randomBytes(2).toString("hex")}`, kind, params, nodes, since: new Date().toISOString() };
}

/** Journals a fault, lets it act and proves that it bit, which the journal tells in the end. Throws `fault-not-proven`. */
export async function breakNow(lab: Lab, fault: FaultInForce, witness: Witness): Promise<void> {
  await lab.journal.write(fault);
  const { inject } = faultOf(fault.kind);
  try {
    witness.noteActing();
    const prove = await inject(siteOf(lab, fault, witness.notePower));
    const evidence = await prove();
    witness.noteProven(evidence);
    await lab.journal.write({ ...fault, proof: { bit: true, evidence } });
  } catch (error) {
    await lab.journal.write({ ...fault, proof: { bit: false, message: messageOf(error) } });
    throw error;
  }
}

/** Takes a fault back, proves that it is gone, and only then strikes it off the journal; returns what was seen. Throws `undo-not-proven`. */
export async function takeBack(lab: Lab, fault: FaultInForce, notePower: NotePower): Promise<string[]> {
  const { undo, prove } = faultOf(fault.kind).undo(siteOf(lab, fault, notePower));
  await undo();
  const evidence = await prove();
  await lab.journal.remove(fault.id);
  return evidence;
}

function siteOf(lab: Lab, { nodes, params }: FaultInForce, notePower: NotePower): Site<Params> {
  return { lab, nodes: nodes.map((name) => nodeOf(lab, name)), params, notePower };
}
