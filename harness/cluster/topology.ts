import { HachaosError } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import type { BondDefinition, ClusterDefinition, NetworkDefinition } from "./definition.js";

/** Where every NIC plugs in. Legs count from 1: a bond's first NIC is leg 1. */
export interface Topology {
  segments: Segment[];
  ports: Port[];
}

/** What NICs plug into: a switch of a network, or the cable between two nodes. */
export interface Segment {
  id: string;
  kind: "cable" | "switch";
  network: string;
  leg: number;
}

/** One NIC of one node. `segment` is the id of what it plugs into. */
export interface Port {
  node: string;
  nic: string;
  mac: string;
  bond: string;
  network: string;
  leg: number;
  segment: string;
}

/** The wiring a definition asks for: the same definition always gives the same ids and MACs. */
export function topologyOf(definition: ClusterDefinition): Topology {
  const segments = definition.bonds.flatMap((bond) => bond.nics.map((_, at) => segmentOf(definition, bond, at + 1)));
  return { segments, ports: definition.nodes.flatMap((node, nodeIndex) => nodePorts(definition, node.name, nodeIndex)) };
}

/** The port of a node's NIC; throws `unknown-name` when there is none. */
export function portOf(topology: Topology, node: string, nic: string): Port {
  const port = topology.ports.find((candidate) => candidate.node === node && candidate.nic === nic);
  if (port !== undefined) return port;
  const known = topology.ports.filter((candidate) => candidate.node === node).map((candidate) => candidate.nic);
  throw new HachaosError("unknown-name", `${node} has no NIC ${nic}`, { hint: suggestName(nic, known) });
}

/** The ports that lose carrier when the cable in this port is pulled: both ends of a direct cable, or the one end at a switch. */
export function portsOnCable(topology: Topology, port: Port): Port[] {
  const segment = topology.segments.find((candidate) => candidate.id === port.segment);
  return segment?.kind === "cable" ? topology.ports.filter((other) => other.segment === port.segment) : [port];
}

/** The network of the gateway, the client and the service's address: the loader makes sure there is exactly one. */
export function serviceNetwork(definition: ClusterDefinition): NetworkDefinition & { gateway: string; client: string } {
  for (const network of definition.networks) {
    const { gateway, client } = network;
    if (gateway !== null && client !== null) return { ...network, gateway, client };
  }
  throw new HachaosError("definition-invalid", `${definition.name} has no network with a gateway and a client`);
}

/** The bond that holds a NIC, or null. NICs have the same names on every node. */
export function bondOf(definition: ClusterDefinition, nic: string): BondDefinition | null {
  return definition.bonds.find((bond) => bond.nics.includes(nic)) ?? null;
}

/** The network of a bond: the loader makes sure it is defined. */
export function networkOf(definition: ClusterDefinition, bond: BondDefinition): NetworkDefinition {
  const network = definition.networks.find((candidate) => candidate.name === bond.network);
  if (network === undefined) throw new HachaosError("definition-invalid", `${bond.name} is on ${bond.network}, which is no network`);
  return network;
}

/** The bond on the service network, or null. */
export function serviceBond(definition: ClusterDefinition): BondDefinition | null {
  const network = serviceNetwork(definition).name;
  return definition.bonds.find((bond) => bond.network === network) ?? null;
}

/** MAC of a node's NIC: the first octet 02 says it is locally administered and unicast (IEEE 802, U/L bit). */
export function macOf(nodeIndex: number, nicIndex: number): string {
  return [
    "02",
    "68",
    "61",
    ...[nodeIndex >> 8, (nodeIndex & 0xff) + 1, nicIndex + 1].map((value) => value.toString(16).padStart(2, "0")),
  ].join(":");
}

function segmentOf(definition: ClusterDefinition, bond: BondDefinition, leg: number): Segment {
  const kind = networkOf(definition, bond).wiring === "cables" ? "cable" : "switch";
  return { id: `${bond.network}-${kind}${leg}`, kind, network: bond.network, leg };
}

function nodePorts(definition: ClusterDefinition, node: string, nodeIndex: number): Port[] {
  const places = definition.bonds.flatMap((bond) => bond.nics.map((nic, at) => ({ bond, nic, leg: at + 1 })));
  return places.map(({ bond, nic, leg }, nicIndex) => {
    const segment = segmentOf(definition, bond, leg);
    return { node, nic, mac: macOf(nodeIndex, nicIndex), bond: bond.name, network: bond.network, leg, segment: segment.id };
  });
}
