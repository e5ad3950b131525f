import type { BondDefinition, ClusterDefinition } from "../../cluster/definition.js";
import type { Drawing } from "../../history/event.js";
import { html, type Markup } from "../html/markup.js";
import type { NodeState, TopologyFrame } from "../topology-frames.js";
import { moment } from "../words.js";
import { px } from "./scale.js";
import { cableAt, HEIGHT, HOST, NODE, nodeX, placesOf, SWITCH, uplinkAt, uplinkEnds, type Placed, type Point } from "./topology-places.js";

/** Characters that fit into a node's line and a pill, at the small font's 5.6 px. */
const LINE = 21;

/** The cluster at one moment: every part has the same place in all frames, so only what changed moves. */
export function topology(definition: ClusterDefinition, frame: TopologyFrame): Markup {
  const nodes = definition.nodes.map(({ name, addresses }, index): DrawnNode => ({
    name,
    addresses,
    index,
    x: nodeX(index, definition.nodes.length),
    state: frame.nodes[name] ?? null,
    killed: killedOn(frame, name),
  }));
  const { cables, switched, legs, width, switchAt, hosts } = placesOf(definition);
  const cut = new Cuts(frame);
  const silentFor = nodes.filter((node) => frame.broken.some(({ gatewayFrom }) => gatewayFrom.includes(node.name))).map(({ name }) => name);
  const silentBy = frame.broken.find(({ gatewayFrom }) => gatewayFrom.length > 0)?.label ?? "";
  return html`<svg class="topology" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${describe(definition, frame, nodes)}">
    ${switched.flatMap((bond) => nodes.flatMap((node) => bond.nics.map((nic, leg) => uplink(node, bond, nic, leg, switchAt(leg), cut))))}
    ${Array.from({ length: legs - 1 }, (_, leg) => trunk(switchAt(leg), switchAt(leg + 1)))}
    ${hosts.map((host) => hostLink(host.x, switchAt(host.leg)))}
    ${cables.flatMap((bond, row) => bond.nics.map((nic, leg) => cable(nodes, bond, nic, row * 2 + leg, cut)))}
    ${nodes.map((node) => nodeBox(node, definition, frame))}
    ${switched.flatMap((bond) => nodes.flatMap((node) => bond.nics.map((nic, leg) => port(uplinkAt(node, bond, leg), nic, "below", look(node, bond, nic)))))}
    ${Array.from({ length: legs }, (_, leg) => switchBox(switchAt(leg), `switch ${leg + 1}`))}
    ${hosts.map((host) => hostBox(host, host.name === "gateway" ? silentFor : [], silentBy))}
  </svg>`;
}

interface DrawnNode extends Placed {
  name: string;
  addresses: Record<string, string>;
  index: number;
  state: NodeState | null;
  /** The faults that killed something on it. */
  killed: Drawing[];
}

/** Which NICs are cut, and the faults' names, each for the first cross drawn of it. */
class Cuts {
  readonly #told = new Set<Drawing>();
  readonly #frame: TopologyFrame;

  constructor(frame: TopologyFrame) {
    this.#frame = frame;
  }

  has(node: DrawnNode, nic: string): boolean {
    return this.#by([node], nic) !== undefined || (node.state?.noCarrier.includes(nic) ?? false);
  }

  label(nodes: DrawnNode[], nic: string): string {
    const fault = this.#by(nodes, nic);
    if (fault === undefined || this.#told.has(fault)) return "";
    this.#told.add(fault);
    return fault.label;
  }

  #by(nodes: DrawnNode[], nic: string): Drawing | undefined {
    return this.#frame.broken.find(({ nics }) => nodes.some(({ name }) => nics.includes(`${name}.${nic}`)));
  }
}

function killedOn(frame: TopologyFrame, node: string): Drawing[] {
  return frame.broken.filter(({ processes }) => processes.some((name) => name.startsWith(`${node}.`)));
}

function switchedOff(node: DrawnNode, frame: TopologyFrame): Drawing | undefined {
  return frame.broken.find(({ nodes }) => nodes.includes(node.name));
}

function isOff(node: DrawnNode, frame: TopologyFrame): boolean {
  return node.state?.power === false || switchedOff(node, frame) !== undefined;
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
    >${state?.dc && html`<g class="dc"><rect x="${x + NODE.width - 32}" y="${y + 7}" width="24" height="15" rx="4" /><text x="${x + NODE.width - 20}" y="${y + 18}">DC</text></g>`}${definition.bonds.slice(0, 2).map((bond, row) => html`<text class="small" x="${x + 11}" y="${y + 35 + row * 13}">${short(`${bond.name} ${node.addresses[bond.name] ?? ""}`, LINE)}</text>`)}${state?.holds && pill("flag", x + 9, y + 55, definition.service.address)}${state && state.runs.length > 0 && html`<text class="small runs" x="${x + 11}" y="${y + 86}">${short(`runs ${state.runs.join(", ")}`, LINE)}<title>runs ${state.runs.join(", ")}</title></text>`}${node.killed.slice(0, 1).map(({ label }) => html`${pill("killed", x + 9, y + 92, label)}<path class="x" d="M${x + 11} ${y + 106}L${x + NODE.width - 11} ${y + 95}" />`)}${off && strike(x, node.name, switchedOff(node, frame)?.label ?? "no power")}${lost && html`<text class="note" x="${x + 11}" y="${y + 74}">${short(`lost for ${state?.lostFor.join(", ") ?? ""}`, LINE)}</text>`}</g
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
  const { from, to } = cableAt(left, right, row);
  const { x: x1, y } = from;
  const x2 = to.x;
  const broken = cut.has(left, nic) || cut.has(right, nic);
  const dead = broken || left.state?.power === false || right.state?.power === false;
  const active = look(left, bond, nic).startsWith(" active") && look(right, bond, nic).startsWith(" active");
  return html`<line
      class="wire${dead ? " dead" : active ? " active" : ""}"
      x1="${x1}"
      x2="${x2}"
      y1="${y}"
      y2="${y}"
    />${port({ x: x1, y }, nic, "right", look(left, bond, nic))}${port({ x: x2, y }, nic, "left", look(right, bond, nic))}${broken && cross({ x: (x1 + x2) / 2, y }, cut.label([left, right], nic), "middle")}`;
}

function uplink(node: DrawnNode, bond: BondDefinition, nic: string, leg: number, to: Point, cut: Cuts): Markup {
  const { from, to: end, onLeft } = uplinkEnds(node, bond, leg, to);
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
    />${broken && cross(mid, cut.label([node], nic), onLeft ? "end" : "start")}`;
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
    ...frame.broken.map(({ label }) => `broken: ${label}`),
    ...frame.broken.flatMap(({ nics }) => nics).map((nic) => `${nic.replace(".", " ")} cut`),
    ...frame.broken.flatMap(({ processes }) => processes).map((process) => `${process.replace(".", " ")} killed`),
    ...frame.broken.flatMap(({ gatewayFrom }) => gatewayFrom).map((name) => `gateway silent for ${name}`),
    `${definition.service.address} on ${holders.join(" and ") || "no node"}`,
    `DC ${dc.join(" and ") || "none"}`,
    ...off.map((name) => `${name} has no power`),
    ...legs,
  ].join("; ");
}

function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
