import type { BondDefinition, ClusterDefinition } from "../../cluster/definition.js";
import { html, type Markup } from "../html/markup.js";
import type { NodeState, TopologyFrame } from "../topology-frames.js";
import { moment } from "../words.js";
import { px } from "./scale.js";

/** One frame, in drawing units = CSS pixels when three stand side by side. */
const WIDTH = 372;
const NODE = { width: 132, height: 128, top: 8, gap: 14 };
const SWITCH = { width: 76, height: 22, top: 176 };
const HOST = { width: 104, height: 34, top: 228 };
const HEIGHT = HOST.top + HOST.height + 20;
/** Characters that fit into a node's line and a pill, at the small font's 5.6 px. */
const LINE = 21;

interface Point {
  x: number;
  y: number;
}

/** The cluster at one moment: every part has the same place in all frames, so only what changed moves. */
export function topology(definition: ClusterDefinition, frame: TopologyFrame): Markup {
  const nodes = definition.nodes.map(({ name, addresses }, index): DrawnNode => ({
    name,
    addresses,
    index,
    x: nodeX(index, definition.nodes.length),
    state: frame.nodes[name] ?? null,
    killed: processesOf(frame, name),
  }));
  const cables = definition.bonds.filter((bond) => wiring(definition, bond) === "cables" && nodes.length === 2);
  const switched = definition.bonds.filter((bond) => wiring(definition, bond) === "switches");
  const network = definition.networks.find((candidate) => candidate.wiring === "switches");
  const legs = Math.max(1, ...switched.map((bond) => bond.nics.length));
  const width = Math.max(WIDTH, nodes.length * (NODE.width + NODE.gap));
  const centre = width / 2;
  const switchAt = (leg: number): Point => ({ x: legs === 1 ? centre : centre + (leg - (legs - 1) / 2) * 116, y: SWITCH.top });
  const cut = new Cuts(frame);
  const hosts = [
    ...(network?.gateway ? [{ name: "gateway", address: network.gateway, x: centre - 84, leg: 0 }] : []),
    ...(network?.client ? [{ name: "client", address: network.client, x: centre + 84, leg: legs - 1 }] : []),
  ];
  const silentFor = nodes.filter((node) => frame.broken?.gatewayFrom.includes(node.name)).map((node) => node.name);
  return html`<svg class="topology" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${describe(definition, frame, nodes)}">
    ${switched.flatMap((bond) => nodes.flatMap((node) => bond.nics.map((nic, leg) => uplink(node, bond, nic, leg, switchAt(leg), cut))))}
    ${Array.from({ length: legs - 1 }, (_, leg) => trunk(switchAt(leg), switchAt(leg + 1)))}
    ${hosts.map((host) => hostLink(host.x, switchAt(host.leg)))}
    ${cables.flatMap((bond, row) => bond.nics.map((nic, leg) => cable(nodes, bond, nic, row * 2 + leg, cut)))}
    ${nodes.map((node) => nodeBox(node, definition, frame))}
    ${switched.flatMap((bond) => nodes.flatMap((node) => bond.nics.map((nic, leg) => port(uplinkAt(node, bond, leg), nic, "below", look(node, bond, nic)))))}
    ${Array.from({ length: legs }, (_, leg) => switchBox(switchAt(leg), `switch ${leg + 1}`))}
    ${hosts.map((host) => hostBox(host, host.name === "gateway" ? silentFor : [], frame.broken?.label ?? ""))}
  </svg>`;
}

interface DrawnNode {
  name: string;
  addresses: Record<string, string>;
  index: number;
  x: number;
  state: NodeState | null;
  killed: string[];
}

/** Which NICs are cut, and the fault's name for the first cross drawn. */
class Cuts {
  #label: string;
  readonly #frame: TopologyFrame;

  constructor(frame: TopologyFrame) {
    this.#frame = frame;
    this.#label = frame.broken?.label ?? "";
  }

  has(node: DrawnNode, nic: string): boolean {
    return (this.#frame.broken?.nics.includes(`${node.name}.${nic}`) ?? false) || (node.state?.noCarrier.includes(nic) ?? false);
  }

  label(): string {
    const label = this.#label;
    this.#label = "";
    return label;
  }
}

function nodeX(index: number, count: number): number {
  return count === 2 ? (index === 0 ? 4 : WIDTH - 4 - NODE.width) : NODE.gap / 2 + index * (NODE.width + NODE.gap);
}

function wiring(definition: ClusterDefinition, bond: BondDefinition): string | undefined {
  return definition.networks.find((network) => network.name === bond.network)?.wiring;
}

function processesOf(frame: TopologyFrame, node: string): string[] {
  return (frame.broken?.processes ?? []).filter((name) => name.startsWith(`${node}.`)).map((name) => name.slice(node.length + 1));
}

function isOff(node: DrawnNode, frame: TopologyFrame): boolean {
  return node.state?.power === false || (frame.broken?.nodes.includes(node.name) ?? false);
}

function nodeBox(node: DrawnNode, definition: ClusterDefinition, frame: TopologyFrame): Markup {
  const { x, state } = node;
  const off = isOff(node, frame);
  const y = NODE.top;
  const lost = !off && (state?.lostFor.length ?? 0) > 0;
  return html`<g class="node${off ? " off" : ""}"
    ><rect class="box b-n${node.index % 6}" x="${x}" y="${y}" width="${NODE.width}" height="${NODE.height}" rx="8" /><text
      class="name"
      x="${x + 11}"
      y="${y + 19}"
      >${short(node.name, 14)}</text
    >${state?.dc && html`<g class="dc"><rect x="${x + NODE.width - 32}" y="${y + 7}" width="24" height="15" rx="4" /><text x="${x + NODE.width - 20}" y="${y + 18}">DC</text></g>`}${definition.bonds.slice(0, 2).map((bond, row) => html`<text class="small" x="${x + 11}" y="${y + 35 + row * 13}">${short(`${bond.name} ${node.addresses[bond.name] ?? ""}`, LINE)}</text>`)}${state?.holds && pill("flag", x + 9, y + 55, definition.service.address)}${state && state.runs.length > 0 && html`<text class="small runs" x="${x + 11}" y="${y + 86}">${short(`runs ${state.runs.join(", ")}`, LINE)}<title>runs ${state.runs.join(", ")}</title></text>`}${node.killed.slice(0, 1).map((name) => html`${pill("killed", x + 9, y + 92, frame.broken?.label ?? name)}<path class="x" d="M${x + 11} ${y + 106}L${x + NODE.width - 11} ${y + 95}" />`)}${off && strike(x, node.name, frame.broken?.label ?? "no power")}${lost && html`<text class="note" x="${x + 11}" y="${y + 74}">${short(`lost for ${state?.lostFor.join(", ") ?? ""}`, LINE)}</text>`}</g
  >`;
}

function pill(name: string, x: number, y: number, text: string): Markup {
  return html`<g class="${name}"
    ><rect x="${x}" y="${y}" width="${NODE.width - 18}" height="17" rx="8.5" /><text x="${x + (NODE.width - 18) / 2}" y="${y + 12.5}"
      >${short(text, LINE - 2)}</text
    ></g
  >`;
}

function strike(x: number, name: string, label: string): Markup {
  const [right, bottom] = [x + NODE.width, NODE.top + NODE.height];
  const middle = NODE.top + NODE.height / 2;
  return html`<path
      class="x"
      d="M${x + 6} ${NODE.top + 6}L${right - 6} ${bottom - 6}M${right - 6} ${NODE.top + 6}L${x + 6} ${bottom - 6}"
    /><g class="killed"
      ><rect x="${x + 14}" y="${middle - 9}" width="${NODE.width - 28}" height="18" rx="9" /><text
        x="${x + NODE.width / 2}"
        y="${middle + 4}"
        >${short(label, LINE - 4)}</text
      ></g
    ><title>${name} has no power</title>`;
}

/** How a NIC stands in its bond. */
function look(node: DrawnNode, bond: BondDefinition, nic: string): string {
  const active = node.state?.active[bond.name];
  return active === undefined || node.state?.power === false ? "" : active === nic ? ` active p-n${node.index % 6}` : " standby";
}

function cable(nodes: DrawnNode[], bond: BondDefinition, nic: string, row: number, cut: Cuts): Markup {
  const [left, right] = nodes as [DrawnNode, DrawnNode];
  const y = NODE.top + 34 + row * 44;
  const [x1, x2] = [left.x + NODE.width, right.x];
  const broken = cut.has(left, nic) || cut.has(right, nic);
  const dead = broken || left.state?.power === false || right.state?.power === false;
  const active = look(left, bond, nic).startsWith(" active") && look(right, bond, nic).startsWith(" active");
  return html`<line
      class="wire${dead ? " dead" : active ? " active" : ""}"
      x1="${x1}"
      x2="${x2}"
      y1="${y}"
      y2="${y}"
    />${port({ x: x1, y }, nic, "right", look(left, bond, nic))}${port({ x: x2, y }, nic, "left", look(right, bond, nic))}${broken && cross({ x: (x1 + x2) / 2, y }, cut.label(), "middle")}`;
}

function uplinkAt(node: DrawnNode, bond: BondDefinition, leg: number): Point {
  return { x: node.x + NODE.width / 2 + (leg - (bond.nics.length - 1) / 2) * 64, y: NODE.top + NODE.height };
}

function uplink(node: DrawnNode, bond: BondDefinition, nic: string, leg: number, to: Point, cut: Cuts): Markup {
  const from = uplinkAt(node, bond, leg);
  const onLeft = node.x + NODE.width / 2 < to.x;
  const end = { x: to.x + (onLeft ? -16 : 16), y: to.y };
  const mid = { x: from.x + (end.x - from.x) * 0.5, y: from.y + (end.y - from.y) * 0.5 };
  const broken = cut.has(node, nic);
  const dead = broken || node.state?.power === false;
  const state = dead ? " dead" : look(node, bond, nic).startsWith(" active") ? " active" : "";
  return html`<line
      class="wire${state}"
      x1="${px(from.x)}"
      y1="${from.y}"
      x2="${px(end.x)}"
      y2="${end.y}"
    />${broken && cross(mid, cut.label(), onLeft ? "end" : "start")}`;
}

function port(at: Point, nic: string, side: "left" | "right" | "below", state: string): Markup {
  const label = {
    left: { x: at.x - 7, y: at.y - 5, anchor: "end" },
    right: { x: at.x + 7, y: at.y - 5, anchor: "start" },
    below: { x: at.x, y: at.y - 7, anchor: "middle" },
  }[side];
  return html`<rect class="port${state}" x="${px(at.x - 4)}" y="${px(at.y - 4)}" width="8" height="8" rx="2" /><text
      class="nic"
      x="${px(label.x)}"
      y="${px(label.y)}"
      text-anchor="${label.anchor}"
      >${nic}</text
    >`;
}

function cross(at: Point, label: string, anchor: "start" | "middle" | "end"): Markup {
  const beside = { start: { x: 14, y: 4 }, middle: { x: 0, y: 22 }, end: { x: -14, y: 4 } }[anchor];
  return html`<g class="cut"
      ><circle cx="${px(at.x)}" cy="${px(at.y)}" r="8" /><path class="x" d="M${px(at.x - 4)} ${px(at.y - 4)}l8 8m0 -8l-8 8" /></g
    >${label !== "" && html`<text class="note" x="${px(at.x + beside.x)}" y="${px(at.y + beside.y)}" text-anchor="${anchor}">${label}</text>`}`;
}

function switchBox(at: Point, name: string): Markup {
  return html`<rect
      class="box"
      x="${px(at.x - SWITCH.width / 2)}"
      y="${at.y}"
      width="${SWITCH.width}"
      height="${SWITCH.height}"
      rx="6"
    /><text class="mid" x="${px(at.x)}" y="${at.y + 15}">${name}</text>`;
}

/** As the lab is wired: the gateway on the first switch, the client on the last, a trunk between neighbours. */
function hostLink(x: number, at: Point): Markup {
  return html`<line class="wire" x1="${px(at.x)}" y1="${at.y + SWITCH.height}" x2="${px(x)}" y2="${HOST.top}" />`;
}

function trunk(left: Point, right: Point): Markup {
  const y = left.y + SWITCH.height / 2;
  return html`<line class="wire" x1="${px(left.x)}" y1="${y}" x2="${px(right.x)}" y2="${y}" />`;
}

function hostBox(host: { name: string; address: string; x: number }, silentFor: string[], label: string): Markup {
  const left = host.x - HOST.width / 2;
  const broken = silentFor.length > 0;
  return html`<rect
      class="box${broken ? " silent" : ""}"
      x="${px(left)}"
      y="${HOST.top}"
      width="${HOST.width}"
      height="${HOST.height}"
      rx="8"
    /><text class="mid strong" x="${px(host.x)}" y="${HOST.top + 15}">${host.name}</text
    ><text class="mid small" x="${px(host.x)}" y="${HOST.top + 28}">${host.address}</text
    >${broken && html`${cross({ x: left, y: HOST.top + HOST.height / 2 }, "", "middle")}<text class="note mid" x="${px(host.x)}" y="${HOST.top + HOST.height + 14}">${short(`${label} for ${silentFor.join(", ")}`, 40)}</text>`}`;
}

/** The same in words, for those who cannot see it. */
function describe(definition: ClusterDefinition, frame: TopologyFrame, nodes: DrawnNode[]): string {
  const holders = nodes.filter((node) => node.state?.holds).map((node) => node.name);
  const dc = nodes.filter((node) => node.state?.dc).map((node) => node.name);
  const off = nodes.filter((node) => isOff(node, frame)).map((node) => node.name);
  const legs = nodes.flatMap((node) =>
    Object.entries(node.state?.active ?? {}).map(([bond, leg]) => `${node.name} ${bond} on ${leg ?? "no leg"}`),
  );
  return [
    `${frame.title}, ${moment(frame.atMs)}`,
    ...(frame.broken ? [`broken: ${frame.broken.label}`] : []),
    ...(frame.broken?.nics ?? []).map((nic) => `${nic.replace(".", " ")} cut`),
    ...(frame.broken?.processes ?? []).map((process) => `${process.replace(".", " ")} killed`),
    ...(frame.broken?.gatewayFrom ?? []).map((name) => `gateway silent for ${name}`),
    `${definition.service.address} on ${holders.join(" and ") || "no node"}`,
    `DC ${dc.join(" and ") || "none"}`,
    ...off.map((name) => `${name} has no power`),
    ...legs,
  ].join("; ");
}

function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
