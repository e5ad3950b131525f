import type { ClusterDefinition, MachinesDefinition } from "../../cluster/definition.js";
import { serviceNetwork } from "../../cluster/topology.js";
import { collectLogs } from "../containers/collect-logs.js";
import type { Host, Lab, LabFacts } from "../lab.js";
import { rehearsing } from "../rehearsal.js";
import { foreignGateway } from "./foreign-gateway.js";
import type { Machine } from "./machine-host.js";
import { machineNode } from "./machine-node.js";
import { machinesFabric } from "./machines-fabric.js";
import { machinesJournal } from "./machines-journal.js";
import { machinesLock } from "./machines-lock.js";
import { rehearsingHere } from "./rehearsing-here.js";
import type { WayIn } from "./way-in.js";

/** Machines that are allowed to be broken, with what was found out about them. */
export interface FoundMachines {
  name: string;
  definition: ClusterDefinition;
  inventory: MachinesDefinition;
  /** In the order of the definition's nodes. */
  machines: Machine[];
  /** How we come in, by node. */
  ways: Record<string, WayIn | null>;
  client: Host;
  facts: LabFacts;
  /** Gives the connections up and takes away what was laid down; the machines stay as they are. */
  leave(): Promise<void>;
}

/** Machines as a lab; it changes nothing. */
export function assembleMachines(found: FoundMachines): Lab {
  const { name, definition, inventory, machines, ways, client, facts } = found;
  const nodes = machines.map((machine) => machineNode(machine, machine.host));
  const lab: Lab = {
    name,
    definition,
    provider: "ssh",
    nodes,
    gateway: foreignGateway(serviceNetwork(definition).gateway),
    foreignGateway: true,
    client,
    fabric: machinesFabric(definition, nodes, ways),
    journal: machinesJournal(nodes, inventory),
    facts,
    lock: machinesLock(machines.flatMap((machine, index) => (nodes[index] ? [{ machine, node: nodes[index] }] : []))),
    rehearse(note) {
      const twins = machines.map((machine) => machineNode({ ...machine, drop: () => undefined }, rehearsingHere(machine.host, note)));
      return { ...lab, nodes: twins, fabric: machinesFabric(definition, twins, ways), client: rehearsing(client, note) };
    },
    // What a machine does not survive is told by the nodes' observers: nothing of this lab can be taken away from us but the way there.
    lost: new AbortController().signal,
    collectLogs: (folder) => collectLogs(nodes, folder),
    destroy: found.leave,
  };
  return lab;
}
