import { portOf, portsOnCable, topologyOf } from "../cluster/topology.js";
import type { FaultDrawing } from "../fault/fault.js";
import { faultOf } from "../fault/registry.js";
import type { JournalEntry, Lab } from "../lab/lab.js";
import { onAxis, type Lane, type Span, type TrialScope } from "../report/lanes/lane.js";

/** A fault as the console saw it come and go. Times on the run's axis. */
export interface TrackedFault extends JournalEntry {
  drawing: FaultDrawing;
  fromUs: number;
  provenUs: number | null;
  healingUs: number | null;
  goneUs: number | null;
}

/** Follows the faults of a lab's journal over time, whoever injected them. */
export class FaultTrack {
  readonly #lab: Lab;
  #faults: TrackedFault[] = [];

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Compares with the last look; returns what came and what went since. */
  look(now: readonly JournalEntry[], nowUs: number): { came: TrackedFault[]; went: TrackedFault[] } {
    const came = now.filter(({ id }) => !this.inForce().some((fault) => fault.id === id)).map((fault) => this.#tracked(fault, nowUs));
    const went = this.inForce().filter(({ id }) => !now.some((fault) => fault.id === id));
    for (const fault of went) fault.goneUs = nowUs;
    for (const fault of this.inForce()) {
      const proof = now.find(({ id }) => id === fault.id)?.proof;
      if (!proof || fault.proof !== null) continue;
      fault.proof = proof;
      if (proof.bit) fault.provenUs = nowUs;
    }
    this.#faults.push(...came);
    return { came, went };
  }

  /** Somebody on a page begins to take it back, or could not. */
  healing(id: string, sinceUs: number | null): void {
    for (const fault of this.inForce()) if (fault.id === id) fault.healingUs = sinceUs;
  }

  /** The oldest first. */
  inForce(): TrackedFault[] {
    return this.#faults.filter(({ goneUs }) => goneUs === null);
  }

  /** One row for each fault of the window: hatched while it comes or goes, full while it is proven to hold. */
  lane(scope: TrialScope): Lane {
    this.#faults = this.#faults.filter(({ goneUs }) => goneUs === null || goneUs / 1000 >= scope.fromMs);
    const rows = this.#faults.map((fault) => ({ label: fault.nodes.join(", "), marks: spans(scope, fault) }));
    return { title: "Faults", rows: rows.length > 0 ? rows : [{ label: "none", marks: [] }] };
  }

  #tracked(fault: JournalEntry, nowUs: number): TrackedFault {
    const { kind, nodes, params, proof, leaseS, leftS } = fault;
    const fromUs = nowUs - (leaseS - leftS) * 1_000_000;
    const drawing = faultOf(kind).draw(this.#lab, nodes, params);
    return { ...fault, drawing, fromUs, provenUs: proof?.bit === true ? fromUs : null, healingUs: null, goneUs: null };
  }
}

/** The parts of the picture that a fault breaks; taking it back is offered there. */
export function partsOf(lab: Lab, { drawing, nodes }: Pick<TrackedFault, "drawing" | "nodes">): string[] {
  const topology = topologyOf(lab.definition);
  const known = (name: string) => topology.ports.some(({ node, nic }) => `${node}.${nic}` === name);
  // A direct cable is broken at both its ends.
  const cables = drawing.nics.filter(known).flatMap((name) => {
    const [node = "", nic = ""] = name.split(".");
    return portsOnCable(topology, portOf(topology, node, nic)).map((port) => `nic:${port.node}.${port.nic}`);
  });
  const parts = [
    ...cables,
    ...drawing.processes.map((name) => `process:${name}`),
    ...(drawing.gatewayFrom.length > 0 ? ["gateway:gateway"] : []),
    ...(drawing.nics.length === 0 ? nodes.map((name) => `node:${name}`) : []),
  ];
  return [...new Set(parts)];
}

function spans(scope: TrialScope, { drawing, fromUs, provenUs, healingUs, goneUs, proof }: TrackedFault): Span[] {
  const at = (us: number): number => Math.max(onAxis(scope, us), scope.fromMs - scope.zeroMs);
  const end = goneUs === null ? 0 : at(goneUs);
  const [held, healing] = [provenUs === null ? end : at(provenUs), healingUs === null ? end : at(healingUs)];
  const { label, colour } = drawing;
  const all: { from: number; to: number; text: string; title: string; hatched: boolean }[] = [
    { from: at(fromUs), to: held, text: proof?.bit === false ? `${label} (not proven)` : "", title: `${label}: injecting`, hatched: true },
    { from: held, to: healing, text: label, title: `${label}: in effect`, hatched: false },
    { from: healing, to: end, text: "", title: `${label}: healing`, hatched: true },
  ];
  return all
    .filter(({ from, to }) => to > from)
    .map(({ from, to, text, title, hatched }) => {
      const span: Span = { kind: "span", fromMs: from, toMs: to, tone: "warn", label: text, title, colour };
      return hatched ? { ...span, look: "hatched" } : span;
    });
}
