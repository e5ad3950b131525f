import { randomBytes } from "node:crypto";
import type { Params, Proof, Site } from "../fault/fault.js";
import { faultOf } from "../fault/registry.js";
import { nodeOf, type FaultInForce, type Lab } from "../lab/lab.js";

/** Notes that a node loses or gets power. */
export type NotePower = Site<Params>["notePower"];

/** A fault as the journal has it, not yet noted there. */
export function newFault(kind: string, nodes: string[], params: Params): FaultInForce {
  return { id: `${kind}-${randomBytes(2).toString("hex")}`, kind, params, nodes, since: new Date().toISOString() };
}

/** Lets a fault act that the lab's journal holds; returns how to prove that it bit. */
export function putInForce(lab: Lab, fault: FaultInForce, notePower: NotePower): Promise<Proof> {
  return faultOf(fault.kind).inject(siteOf(lab, fault, notePower));
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
