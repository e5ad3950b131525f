import type { Fault, Params } from "../fault/fault.js";
import { FAULTS } from "../fault/registry.js";
import type { Lab } from "../lab/lab.js";

/** Something that a click on a part of the picture can break. */
export interface FaultOffer {
  kind: string;
  target: string;
  params: Params;
  /** What the button says. */
  label: string;
  /** What it is in the real world. */
  summary: string;
}

/**
 * What can be broken at each part of the picture, by the part's key. It follows from what each fault of the registry draws as broken, so a
 * new fault is offered where it belongs: at the NIC it names, or at its node and besides at the process or the gateway that it silences. At a NIC
 * that is the first of the registry alone, so that a click does it at once; the others have their forms. A fault that cannot do without a parameter, or that acts between the nodes, is offered by its form alone.
 */
export function faultOffers(lab: Lab, faults: readonly Fault[] = Object.values(FAULTS)): Map<string, FaultOffer[]> {
  const offers = new Map<string, FaultOffer[]>();
  const add = (part: string, offer: FaultOffer) => offers.set(part, [...(offers.get(part) ?? []), offer]);
  const nics = lab.definition.bonds.flatMap((bond) => bond.nics);
  const names = lab.nodes.map(({ name }) => name);
  for (const fault of faults) {
    if (fault.targets !== "nodes" || !isPossible(lab, fault)) continue;
    const { kind, title, summary } = fault;
    const offer = { kind, summary };
    for (const node of names) {
      if ("nic" in fault.params.shape) {
        for (const nic of nics) {
          const params = paramsOf(fault, { nic });
          if (params === null || !fault.draw(lab, [node], params).nics.includes(`${node}.${nic}`)) continue;
          if (offers.has(`nic:${node}.${nic}`)) continue;
          add(`nic:${node}.${nic}`, { ...offer, target: node, params, label: `${title}: ${nic} of ${node}` });
        }
        continue;
      }
      const params = paramsOf(fault, {});
      if (params === null) continue;
      const drawing = fault.draw(lab, [node], params);
      const here = { ...offer, target: node, params, label: `${title}: ${node}` };
      add(`node:${node}`, here);
      for (const process of drawing.processes) add(`process:${process}`, here);
      if (drawing.gatewayFrom.length > 0) add("gateway:gateway", here);
    }
    const params = paramsOf(fault, {});
    if (params === null || fault.draw(lab, names, params).gatewayFrom.length === 0) continue;
    add("gateway:gateway", { ...offer, target: "all", params, label: `${title}: all nodes` });
  }
  return offers;
}

function isPossible({ nodes }: Lab, { needs }: Fault): boolean {
  return needs !== "virtual" || nodes.every(({ virtual }) => virtual !== undefined);
}

/** With the defaults of those that are not given; null: it needs more. */
function paramsOf(fault: Fault, given: Params): Params | null {
  const parsed = fault.params.safeParse(given);
  return parsed.success ? (parsed.data as Params) : null;
}
