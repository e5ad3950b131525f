import type { ClusterDefinition } from "../../cluster/definition.js";
import { topologyOf } from "../../cluster/topology.js";
import type { Engine } from "../engine.js";
import type { ClusterNode, Lab } from "../lab.js";
import { removeContainers } from "../labs.js";
import { chooseBonding } from "./bonding/bonding.js";
import { containerLab } from "./container-lab.js";
import { containerNode, type NodeParts } from "./container-node.js";
import { fabricOf, type ContainerFabric } from "./fabric.js";
import { LABELS } from "./labels.js";
import type { Hosts } from "./start-hosts.js";
import type { LossWatch } from "./watch-for-loss.js";

/** A lab's containers, whether they were made just now or found. */
export interface LabContainers {
  name: string;
  definition: ClusterDefinition;
  hosts: Hosts;
  image: string;
  loss: LossWatch;
}

export interface AssembledLab {
  lab: Lab;
  fabric: ContainerFabric;
  nodes: { node: ClusterNode; parts: NodeParts }[];
}

/** Containers as a lab with nodes, cables and switches; it changes nothing. */
export async function assembleLab(engine: Engine, { name, definition, hosts, image, loss }: LabContainers): Promise<AssembledLab> {
  const fabric = fabricOf(hosts.fabric.host, definition, topologyOf(definition));
  const bonding = await chooseBonding(hosts.fabric.host);
  const nodes = definition.nodes.map((node) => {
    const started = hosts[node.name];
    if (!started) throw new Error(`no container of ${node.name}`);
    const parts: NodeParts = { docker: engine.docker, id: started.id, definition, node, fabric, bonding, loss };
    return { parts, node: containerNode(parts) };
  });
  const lab = containerLab({
    ...{ name, definition, engine, image, hosts, fabric, bonding },
    nodes: nodes.map(({ node }) => node),
    lost: loss.lost,
    destroy: () => removeLab(engine, name, loss),
  });
  return { lab, fabric, nodes };
}

export function removeLab(engine: Engine, name: string, loss: LossWatch): Promise<void> {
  loss.stop();
  return removeContainers(engine, `${LABELS.lab}=${name}`);
}
