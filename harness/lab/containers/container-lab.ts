import type { ClusterNode, Lab } from "../lab.js";
import { readMacs } from "../read-macs.js";
import type { LabContainers } from "./assemble-lab.js";
import { collectLogs } from "./collect-logs.js";
import type { ContainerFabric } from "./fabric.js";
import { containerJournal } from "./journal.js";
import { labLock } from "./lab-lock.js";
import { readVersions } from "./versions.js";

export interface LabParts extends LabContainers {
  fabric: ContainerFabric;
  nodes: ClusterNode[];
}

/** Containers as a lab; what is known of it only once it runs is read later. */
export function containerLab(parts: LabParts): Omit<Lab, "rehearse"> {
  return {
    name: parts.name,
    definition: parts.definition,
    provider: parts.provider,
    nodes: parts.nodes,
    gateway: parts.machines.gateway.host,
    client: parts.machines.client.host,
    fabric: parts.fabric,
    journal: containerJournal(parts.machines.fabric.host),
    facts: {
      bonding: parts.bonding.name,
      engine: parts.engine,
      image: parts.image,
      versions: {},
      mechanisms: parts.mechanisms,
      pace: 1,
      macs: {},
      folder: "",
      missing: [],
    },
    lock: labLock(parts.machines.fabric),
    lost: parts.lost,
    collectLogs: (folder) => collectLogs(parts.nodes, folder),
    destroy: parts.destroy,
  };
}

/** Reads what only a running lab can tell. */
export async function readFacts(lab: Lab): Promise<void> {
  const nics = lab.definition.bonds.flatMap((bond) => bond.nics);
  const [first] = lab.nodes;
  if (first) lab.facts.versions = await readVersions(first, lab.definition.packages);
  await Promise.all(lab.nodes.map(async (node) => (lab.facts.macs[node.name] = await readMacs(node, nics))));
}
