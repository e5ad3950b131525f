import type { ClusterDefinition, MachinesDefinition } from "../../cluster/definition.js";
import { serviceNetwork } from "../../cluster/topology.js";
import { collectLogs } from "../containers/collect-logs.js";
import type { Fabric, Host, Lab, LabFacts } from "../lab.js";
import { rehearsing } from "../rehearsal.js";
import { foreignGateway } from "./foreign-gateway.js";
import { guardWay } from "./guard-way.js";
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
  const legs = Object.fromEntries(definition.bonds.map((bond) => [bond.name, bond.nics]));
  const guarded = Object.fromEntries(Object.entries(ways).map(([node, way]) => [node, { way, legs }]));
  const nodeOver = (machine: Machine, host: Host) => machineNode(machine, guardWay(host, { way: ways[host.name] ?? null, legs }));
  const nodes = machines.map((machine) => nodeOver(machine, machine.host));
  const lab: Lab = {
    name,
    definition,
    provider: "ssh",
    nodes,
    gateway: foreignGateway(serviceNetwork(definition).gateway),
    foreignGateway: true,
    bootsAtOnce: true,
    client,
    fabric: machinesFabric(definition, nodes, guarded),
    journal: machinesJournal(nodes, inventory),
    facts,
    lock: machinesLock(machines.flatMap((machine, index) => (nodes[index] ? [{ machine, node: nodes[index] }] : []))),
    rehearse(note) {
      const twins = machines.map((machine) => nodeOver({ ...machine, drop: () => undefined }, rehearsingHere(machine.host, note)));
      // An undo is rehearsed before its fault acts, and must not find that there is nothing to be undone.
      const fabric: Fabric = { ...machinesFabric(definition, twins, guarded), isForwarding: () => Promise.resolve(false) };
      return { ...lab, nodes: twins, fabric, client: rehearsing(client, note) };
    },
    // What a machine does not survive is told by the nodes' observers: nothing of this lab can be taken away from us but the way there.
    lost: new AbortController().signal,
    collectLogs: (folder) => collectLogs(nodes, folder),
    destroy: found.leave,
  };
  return lab;
}
