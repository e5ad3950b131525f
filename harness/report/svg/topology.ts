import type { BondDefinition, ClusterDefinition } from "../../cluster/definition.js";
import type { Drawing } from "../../history/event.js";
import { html, type Markup } from "../html/markup.js";
import { px } from "./scale.js";

const WIDTH = 720;
const NODE = { width: 230, height: 138, top: 16 };
const SWITCH = { width: 120, height: 26, top: 212 };
const HOST = { width: 150, height: 38, top: 282 };
const HEIGHT = HOST.top + HOST.height + 14;

interface Point {
  x: number;
  y: number;
}

/** The cluster as a picture while the fault holds: what is broken is crossed out, the flag shows who has the service address. */
export function topology(
  definition: ClusterDefinition,
  drawing: Drawing,
  holder: { before: string | null; during: string | null },
): Markup {
  const nodes = definition.nodes.map((node, index) => ({
    name: node.name,
    addresses: node.addresses,
    index,
    x: nodeX(index, definition.nodes.length),
    broken: drawing.nodes.includes(node.name),
  }));
  const cables = definition.bonds.filter((bond) => wiring(definition, bond) === "cables" && nodes.length === 2);
  const switched = definition.bonds.filter((bond) => wiring(definition, bond) === "switches");
  const network = definition.networks.find((candidate) => candidate.wiring === "switches");
  const legs = Math.max(1, ...switched.map((bond) => bond.nics.length));
  const width = Math.max(WIDTH, nodes.length * (NODE.width + 40));
  const centre = width / 2;
  const switchAt = (leg: number): Point => ({ x: legs === 1 ? centre : centre + (leg - (legs - 1) / 2) * 190, y: SWITCH.top });
  const isCut = (node: string, nic: string): boolean => drawing.nics.includes(`${node}.${nic}`);
  const hosts = [
    ...(network?.gateway ? [{ name: "gateway", address: network.gateway, x: centre - 170 }] : []),
    ...(network?.client ? [{ name: "client", address: network.client, x: centre + 170 }] : []),
  ];
  const silent = nodes.filter((node) => drawing.gatewayFrom.includes(node.name));
  return html`<svg
    class="topology"
    viewBox="0 0 ${width} ${HEIGHT}"
    role="img"
    aria-label="Topology while the fault holds: ${drawing.label}"
  >
    ${nodes.map((node) => nodeBox(node, definition.bonds, drawing, holder, definition.service.address))}
    ${cables.flatMap((bond, row) => bond.nics.map((nic, leg) => cable(nodes, nic, row * 2 + leg, isCut)))}
    ${switched.flatMap((bond) => nodes.flatMap((node) => bond.nics.map((nic, leg) => uplink(node, nic, leg, bond.nics.length, switchAt(leg), isCut(node.name, nic) || node.broken))))}
    ${Array.from({ length: legs - 1 }, (_, leg) => trunk(switchAt(leg), switchAt(leg + 1)))}
    ${hosts.map((host) => hostLink(host.x, switchAt(host.name === "gateway" ? 0 : legs - 1)))}
    ${Array.from({ length: legs }, (_, leg) => switchBox(switchAt(leg), `switch ${leg + 1}`))}
    ${hosts.map((host) => hostBox(host, host.name === "gateway" ? silent.map((node) => node.name) : []))}
  </svg>`;
}

function nodeX(index: number, count: number): number {
  return count === 2 ? (index === 0 ? 24 : WIDTH - 24 - NODE.width) : 20 + index * (NODE.width + 40);
}

function wiring(definition: ClusterDefinition, bond: BondDefinition): string | undefined {
  return definition.networks.find((network) => network.name === bond.network)?.wiring;
}

type DrawnNode = { name: string; addresses: Record<string, string>; index: number; x: number; broken: boolean };

function nodeBox(
  node: DrawnNode,
  bonds: BondDefinition[],
  drawing: Drawing,
  holder: { before: string | null; during: string | null },
  address: string,
): Markup {
  const { x } = node;
  const killed = drawing.processes.filter((name) => name.startsWith(`${node.name}.`)).map((name) => name.slice(node.name.length + 1));
  const flag = holder.during === node.name ? "now" : holder.before === node.name ? "was" : null;
  return html`<g class="node${node.broken ? " broken" : ""}"
    ><rect class="box b-n${node.index % 6}" x="${x}" y="${NODE.top}" width="${NODE.width}" height="${NODE.height}" rx="8" /><text
      class="name"
      x="${x + 14}"
      y="${NODE.top + 24}"
      >${node.name}</text
    >${bonds.map((bond, row) => html`<text class="small" x="${x + 14}" y="${NODE.top + 44 + row * 16}">${bond.name} ${node.addresses[bond.name] ?? ""}</text>`)}${flag && vipFlag(x, flag, address)}${killed.map((name, index) => pill(x + NODE.width - 90, NODE.top + 80 - index * 24, name))}${node.broken && strike(x, node.name)}</g
  >`;
}

function vipFlag(x: number, flag: "now" | "was", address: string): Markup {
  const y = NODE.top + 80;
  return html`<g class="flag ${flag}"
    ><rect x="${x + 14}" y="${y}" width="120" height="20" rx="10" /><text x="${x + 74}" y="${y + 14}"
      >${flag === "was" ? "was " : ""}${address}</text
    ><title>${flag === "now" ? "serves while the fault holds" : "served before the fault"}</title></g
  >`;
}

function pill(x: number, y: number, name: string): Markup {
  return html`<g class="killed"
    ><rect x="${x}" y="${y}" width="78" height="20" rx="10" /><text x="${x + 39}" y="${y + 14}">${name}</text
    ><path class="x" d="M${x + 4} ${y + 3}L${x + 74} ${y + 17}" /><title>${name} killed</title></g
  >`;
}

function strike(x: number, name: string): Markup {
  const [right, bottom] = [x + NODE.width, NODE.top + NODE.height];
  return html`<path
      class="x"
      d="M${x + 6} ${NODE.top + 6}L${right - 6} ${bottom - 6}M${right - 6} ${NODE.top + 6}L${x + 6} ${bottom - 6}"
    /><title>${name} has no power</title>`;
}

function cable(nodes: DrawnNode[], nic: string, row: number, isCut: (node: string, nic: string) => boolean): Markup {
  const [left, right] = nodes as [DrawnNode, DrawnNode];
  const y = NODE.top + 32 + row * 42;
  const [x1, x2] = [left.x + NODE.width, right.x];
  const cut = isCut(left.name, nic) || isCut(right.name, nic);
  const dead = cut || left.broken || right.broken;
  return html`<g
    ><line
      class="wire${dead ? " dead" : ""}"
      x1="${x1}"
      x2="${x2}"
      y1="${y}"
      y2="${y}"
    />${port(x1, y, nic, "right")}${port(x2, y, nic, "left")}${cut && cross({ x: (x1 + x2) / 2, y }, `${nic} cable cut`)}</g
  >`;
}

function uplink(node: DrawnNode, nic: string, leg: number, legs: number, to: Point, dead: boolean): Markup {
  const from = { x: node.x + NODE.width / 2 + (leg - (legs - 1) / 2) * 84, y: NODE.top + NODE.height };
  const end = { x: to.x + (node.x + NODE.width / 2 < to.x ? -26 : 26), y: to.y };
  const mid = { x: from.x + (end.x - from.x) * 0.45, y: from.y + (end.y - from.y) * 0.45 };
  return html`<g
    ><line
      class="wire${dead ? " dead" : ""}"
      x1="${px(from.x)}"
      y1="${from.y}"
      x2="${px(end.x)}"
      y2="${end.y}"
    />${port(from.x, from.y, nic, "below")}${dead && !node.broken && cross(mid, `${nic} of ${node.name} cut`)}</g
  >`;
}

function port(x: number, y: number, nic: string, side: "left" | "right" | "below"): Markup {
  const label = {
    left: { x: x - 9, y: y - 6, anchor: "end" },
    right: { x: x + 9, y: y - 6, anchor: "start" },
    below: { x, y: y - 9, anchor: "middle" },
  }[side];
  return html`<rect class="port" x="${px(x - 4)}" y="${px(y - 4)}" width="8" height="8" rx="2" /><text
      class="nic"
      x="${px(label.x)}"
      y="${px(label.y)}"
      text-anchor="${label.anchor}"
      >${nic}</text
    >`;
}

function cross(at: Point, title: string): Markup {
  return html`<g class="cut"
    ><circle cx="${px(at.x)}" cy="${px(at.y)}" r="10" /><path class="x" d="M${px(at.x - 5)} ${px(at.y - 5)}l10 10m0 -10l-10 10" /><title>
      ${title}
    </title></g
  >`;
}

function switchBox(at: Point, name: string): Markup {
  return html`<rect class="box" x="${at.x - SWITCH.width / 2}" y="${at.y}" width="${SWITCH.width}" height="${SWITCH.height}" rx="6" /><text
      class="mid"
      x="${at.x}"
      y="${at.y + 17}"
      >${name}</text
    >`;
}

/** As the lab is wired: the gateway on the first switch, the client on the last, a trunk between neighbours. */
function hostLink(x: number, at: Point): Markup {
  return html`<line class="wire" x1="${at.x}" y1="${at.y + SWITCH.height}" x2="${x}" y2="${HOST.top}" />`;
}

function trunk(left: Point, right: Point): Markup {
  const y = left.y + SWITCH.height / 2;
  return html`<line class="wire" x1="${left.x}" y1="${y}" x2="${right.x}" y2="${y}" />`;
}

function hostBox(host: { name: string; address: string; x: number }, silentFor: string[]): Markup {
  const left = host.x - HOST.width / 2;
  const broken = silentFor.length > 0;
  return html`<rect
      class="box${broken ? " silent" : ""}"
      x="${left}"
      y="${HOST.top}"
      width="${HOST.width}"
      height="${HOST.height}"
      rx="8"
    /><text class="mid strong" x="${host.x}" y="${HOST.top + 16}">${host.name}</text
    ><text class="mid small" x="${host.x}" y="${HOST.top + 31}">${host.address}</text
    >${broken && html`${cross({ x: left - 2, y: HOST.top + HOST.height / 2 }, "gateway silent")}<text class="note" x="${left - 18}" y="${HOST.top + 16}" text-anchor="end">silent for</text><text class="note" x="${left - 18}" y="${HOST.top + 31}" text-anchor="end">${silentFor.join(", ")}</text>`}`;
}
