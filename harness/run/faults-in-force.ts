import { randomBytes } from "node:crypto";
import { isFenced } from "../cluster/fencing.js";
import { messageOf } from "../kernel/errors.js";
import type { Params, Site } from "../fault/fault.js";
import { nodePowerOff } from "../fault/node-power-off.js";
import { FAULTS, faultOf } from "../fault/registry.js";
import { virtualOf } from "../fault/virtual-of.js";
import { nodeOf, type FaultInForce, type Lab } from "../lab/lab.js";
import { rehearseFault } from "./rehearse-fault.js";

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

/** Nobody. */
export const UNWATCHED: Witness = { noteActing: () => undefined, noteProven: () => undefined, notePower: () => undefined };

/** A fault as the journal has it, not yet noted there. */
export function newFault(kind: string, nodes: string[], params: Params, leaseS: number): FaultInForce {
  return { id: `${kind}-${randomBytes(2).toString("hex")}`, kind, params, nodes, since: new Date().toISOString(), leaseS };
}

/** Does something to a lab while nobody else does; `onWait` learns what another one is doing. */
export async function alone<T>(lab: Lab, purpose: string, work: () => Promise<T>, onWait?: (other: string) => void): Promise<T> {
  const lock = await lab.lock(purpose, onWait);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/**
 * Journals a fault, lets it act and proves that it bit, which the journal tells in the end. Throws `fault-not-proven`, and `capability-missing`
 * before anything is journalled when its nodes are not what it needs.
 */
export async function breakNow(lab: Lab, fault: FaultInForce, witness: Witness): Promise<void> {
  if (faultOf(fault.kind).needs === "virtual") for (const name of fault.nodes) virtualOf(nodeOf(lab, name));
  await lab.journal.add(fault, lab.journal.wantsCommands && (await rehearseFault(lab, fault)));
  const { inject } = faultOf(fault.kind);
  try {
    witness.noteActing();
    const prove = await inject(siteOf(lab, fault, witness.notePower));
    const evidence = await prove();
    witness.noteProven(evidence);
    await lab.journal.note(fault.id, { proof: { bit: true, evidence } });
  } catch (error) {
    await lab.journal.note(fault.id, { proof: { bit: false, message: messageOf(error) } });
    throw error;
  }
}

/**
 * Takes a fault back, proves that it is gone, and only then strikes it off the journal; returns what was seen. When that fails, the
 * journal says why: the lab is dirty.
 */
export async function takeBack(lab: Lab, fault: FaultInForce, notePower: NotePower): Promise<string[]> {
  try {
    const evidence = await undone(fault.kind, siteOf(lab, fault, notePower));
    evidence.push(...(await switchOnFenced(lab, fault, notePower)));
    await lab.journal.remove(fault.id);
    return evidence;
  } catch (error) {
    await lab.journal.note(fault.id, { dirty: messageOf(error) }).catch(() => undefined);
    throw error;
  }
}

/**
 * Where the cluster fences, what followed from the fault is a node without power, and nobody in the lab will give it back. Those that another
 * fault switched off stay so.
 */
async function switchOnFenced(lab: Lab, fault: FaultInForce, notePower: NotePower): Promise<string[]> {
  if (!isFenced(lab.definition)) return [];
  const others = (await lab.journal.list()).filter(({ id, kind }) => id !== fault.id && kind === nodePowerOff.kind);
  const isOn = await Promise.all(lab.nodes.map((node) => node.isOn()));
  const off = lab.nodes
    .map(({ name }) => name)
    .filter((name, at) => isOn[at] === false && !others.some(({ nodes }) => nodes.includes(name)));
  return off.length === 0 ? [] : undone(nodePowerOff.kind, siteOf(lab, { kind: nodePowerOff.kind, nodes: off, params: {} }, notePower));
}

/** What is in force by what it leaves in the lab, whether the journal knows of it or not. */
export async function findTraces(lab: Lab): Promise<Trace[]> {
  const perFault = await Promise.all(
    Object.values(FAULTS).map(async ({ kind, find }) => ((await find?.(lab)) ?? []).map((site) => ({ kind, ...site }))),
  );
  return perFault.flat().map(({ kind, nodes, params }) => ({ kind, params: params as Params, nodes: nodes.map(({ name }) => name) }));
}

/** A fault that was found without the journal. */
export type Trace = Pick<FaultInForce, "kind" | "nodes" | "params">;

/** As `takeBack`, for what the journal does not hold. */
export function wipeOut(lab: Lab, trace: Trace): Promise<string[]> {
  return undone(
    trace.kind,
    siteOf(lab, trace, () => undefined),
  );
}

async function undone(kind: string, site: Site<Params>): Promise<string[]> {
  const { undo, prove } = faultOf(kind).undo(site);
  await undo();
  return prove();
}

function siteOf(lab: Lab, { nodes, params }: Trace, notePower: NotePower): Site<Params> {
  return { lab, nodes: nodes.map((name) => nodeOf(lab, name)), params, notePower };
}
