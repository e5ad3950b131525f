import type { ClusterDefinition } from "../../cluster/definition.js";
import { topologyOf } from "../../cluster/topology.js";
import type { ClusterNode, Lab } from "../lab.js";
import type { Bonding } from "./bonding/bonding.js";
import { containerLab } from "./container-lab.js";
import { containerNode, type NodeParts } from "./container-node.js";
import { fabricOf, type ContainerFabric } from "./fabric.js";
import type { Machines } from "./machine.js";
import { rehearsingMachines } from "./rehearsing-machines.js";
import { resetOf } from "./snapshot.js";

/** A lab's containers, whether they were made just now or found, and whoever looks: from outside or from the fabric. */
export interface LabContainers {
  name: string;
  provider: string;
  mechanisms: Record<string, string>;
  definition: ClusterDefinition;
  machines: Machines;
  bonding: Bonding;
  image: string;
  /** As the report says it. */
  engine: string;
  lost: AbortSignal;
  destroy(): Promise<void>;
}

export interface AssembledLab {
  lab: Lab;
  fabric: ContainerFabric;
  nodes: { node: ClusterNode; parts: NodeParts }[];
}

/** Containers as a lab with nodes, cables and switches; it changes nothing. */
export function assembleLab(found: LabContainers): AssembledLab {
  const { definition, machines, bonding } = found;
  const fabricHost = machines.fabric.host;
  const fabric = fabricOf(fabricHost, definition, topologyOf(definition));
  const nodes = definition.nodes.map((node) => {
    const machine = machines[node.name];
    if (!machine) throw new Error(`no container of ${node.name}`);
    const parts: NodeParts = { machine, definition, node, fabric, fabricHost, bonding, facts: () => lab.facts };
    return { parts, node: containerNode(parts) };
  });
  const rehearse: Lab["rehearse"] = (note) => {
    const twin = assembleLab({ ...found, machines: rehearsingMachines(machines, note) });
    return { ...twin.lab, facts: lab.facts };
  };
  const reset = resetOf(nodes.map(({ parts }) => parts.machine));
  const lab: Lab = { ...containerLab({ ...found, fabric, nodes: nodes.map(({ node }) => node) }), rehearse, ...(reset && { reset }) };
  return { lab, fabric, nodes };
}
