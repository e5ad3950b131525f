import type { Engine } from "../engine.js";
import type { ClusterDefinition } from "../../cluster/definition.js";
import type { ClusterNode, Lab } from "../lab.js";
import type { Bonding } from "./bonding/bonding.js";
import { collectLogs } from "./collect-logs.js";
import type { ContainerFabric } from "./fabric.js";
import { containerJournal } from "./journal.js";
import type { Hosts } from "./start-hosts.js";
import { readMacs, readVersions } from "./versions.js";

export interface LabParts {
  name: string;
  definition: ClusterDefinition;
  engine: Engine;
  image: string;
  hosts: Hosts;
  fabric: ContainerFabric;
  bonding: Bonding;
  nodes: ClusterNode[];
  lost: AbortSignal;
  destroy(): Promise<void>;
}

/** Containers as a lab; what is known of it only once it runs is read later. */
export function containerLab(parts: LabParts): Lab {
  return {
    name: parts.name,
    definition: parts.definition,
    provider: "containers",
    nodes: parts.nodes,
    gateway: parts.hosts.gateway.host,
    client: parts.hosts.client.host,
    fabric: parts.fabric,
    journal: containerJournal(parts.hosts.fabric.host),
    facts: {
      bonding: parts.bonding.name,
      engine: `docker ${parts.engine.version}, cgroup v${parts.engine.cgroupVersion}`,
      image: parts.image,
      versions: {},
      mechanisms: {
        cables: "veth pairs over bridges in the lab's own namespace",
        bonds: parts.bonding.name,
        power: "NICs removed, then SIGKILL",
      },
      macs: {},
      folder: "",
      missing: [],
    },
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
  for (const node of lab.nodes) lab.facts.macs[node.name] = await readMacs(node, nics);
}
