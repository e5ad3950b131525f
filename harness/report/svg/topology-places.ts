import type { BondDefinition, ClusterDefinition } from "../../cluster/definition.js";

/** One frame, in drawing units = CSS pixels when three stand side by side. */
const WIDTH = 372;
export const NODE = { width: 132, height: 128, top: 8, gap: 14 };
export const SWITCH = { width: 76, height: 22, top: 176 };
export const HOST = { width: 104, height: 34, top: 228 };
export const HEIGHT = HOST.top + HOST.height + 20;

export interface Point {
  x: number;
  y: number;
}

/** What of the picture the definition alone decides. */
export interface Places {
  /** Bonds on direct cables, and bonds through switches. */
  cables: BondDefinition[];
  switched: BondDefinition[];
  /** How many switches. */
  legs: number;
  width: number;
  switchAt(leg: number): Point;
  hosts: { name: string; address: string; x: number; leg: number }[];
}

export function placesOf(definition: ClusterDefinition): Places {
  const count = definition.nodes.length;
  const cables = definition.bonds.filter((bond) => wiring(definition, bond) === "cables" && count === 2);
  const switched = definition.bonds.filter((bond) => wiring(definition, bond) === "switches");
  const network = definition.networks.find((candidate) => candidate.wiring === "switches");
  const legs = Math.max(1, ...switched.map((bond) => bond.nics.length));
  const width = Math.max(WIDTH, count * (NODE.width + NODE.gap));
  const centre = width / 2;
  const hosts = [
    ...(network?.gateway ? [{ name: "gateway", address: network.gateway, x: centre - 84, leg: 0 }] : []),
    ...(network?.client ? [{ name: "client", address: network.client, x: centre + 84, leg: legs - 1 }] : []),
  ];
  const switchAt = (leg: number): Point => ({ x: legs === 1 ? centre : centre + (leg - (legs - 1) / 2) * 116, y: SWITCH.top });
  return { cables, switched, legs, width, hosts, switchAt };
}

/** Where something that a fault can break is drawn: named as faults name it, `node.nic` and `node.process`. */
export interface TopologyPart {
  kind: "node" | "process" | "nic" | "gateway";
  name: string;
  /** A NIC lies on its end of its cable, from its port; the others are boxes. Drawing units. */
  at: { line: [Point, Point] } | { box: { x: number; y: number; width: number; height: number } };
}

/** The parts of the picture that `topology` draws of this definition, from the largest to the smallest, so that a later one lies on top. */
export function topologyParts(definition: ClusterDefinition): { width: number; height: number; parts: TopologyPart[] } {
  const { cables, switched, width, switchAt, hosts } = placesOf(definition);
  const nodes = definition.nodes.map(({ name }, index) => ({ name, index, x: nodeX(index, definition.nodes.length) }));
  const boxes = nodes.map(({ name, x }): TopologyPart => {
    return { kind: "node", name, at: { box: { x, y: NODE.top, width: NODE.width, height: NODE.height } } };
  });
  const processes = nodes.map(({ name, x }): TopologyPart => {
    const box = { x: x + 7, y: NODE.top + 67, width: NODE.width - 14, height: 34 };
    return { kind: "process", name: `${name}.${definition.service.process}`, at: { box } };
  });
  const gateways = hosts
    .filter(({ name }) => name === "gateway")
    .map(({ x }): TopologyPart => {
      return {
        kind: "gateway",
        name: "gateway",
        at: { box: { x: x - HOST.width / 2, y: HOST.top, width: HOST.width, height: HOST.height } },
      };
    });
  const direct = cables.flatMap((bond, row) =>
    bond.nics.flatMap((nic, leg) => {
      const [left, right] = nodes;
      if (!left || !right) return [];
      const { from, to } = cableAt(left, right, row * 2 + leg);
      const middle = { x: (from.x + to.x) / 2, y: from.y };
      return [nicOn(left.name, nic, from, middle), nicOn(right.name, nic, to, middle)];
    }),
  );
  const uplinks = switched.flatMap((bond) =>
    nodes.flatMap((node) =>
      bond.nics.map((nic, leg) => {
        const { from, to } = uplinkEnds(node, bond, leg, switchAt(leg));
        return nicOn(node.name, nic, from, to);
      }),
    ),
  );
  return { width, height: HEIGHT, parts: [...boxes, ...processes, ...gateways, ...direct, ...uplinks] };
}

function nicOn(node: string, nic: string, from: Point, to: Point): TopologyPart {
  return { kind: "nic", name: `${node}.${nic}`, at: { line: [from, to] } };
}

/** What a place needs to know of a node. */
export interface Placed {
  x: number;
}

export function nodeX(index: number, count: number): number {
  return count === 2 ? (index === 0 ? 4 : WIDTH - 4 - NODE.width) : NODE.gap / 2 + index * (NODE.width + NODE.gap);
}

function wiring(definition: ClusterDefinition, bond: BondDefinition): string | undefined {
  return definition.networks.find((network) => network.name === bond.network)?.wiring;
}

export function cableAt(left: Placed, right: Placed, row: number): { from: Point; to: Point } {
  const y = NODE.top + 34 + row * 44;
  return { from: { x: left.x + NODE.width, y }, to: { x: right.x, y } };
}

export function uplinkAt(node: Placed, bond: BondDefinition, leg: number): Point {
  return { x: node.x + NODE.width / 2 + (leg - (bond.nics.length - 1) / 2) * 64, y: NODE.top + NODE.height };
}

export function uplinkEnds(node: Placed, bond: BondDefinition, leg: number, to: Point): { from: Point; to: Point; onLeft: boolean } {
  const onLeft = node.x + NODE.width / 2 < to.x;
  return { from: uplinkAt(node, bond, leg), to: { x: to.x + (onLeft ? -16 : 16), y: to.y }, onLeft };
}
