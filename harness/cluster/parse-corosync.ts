import type { Totem } from "./definition.js";
import type { Position, Problem } from "./problem.js";
import { corosyncSections, type CorosyncSection } from "./corosync-sections.js";

/** Defaults of corosync.conf(5) 3.1: token, token_coefficient, join, token_retransmits_before_loss_const, knet_pong_count. */
const DEFAULT = { tokenMs: 3000, coefficientMs: 650, joinMs: 50, retransmits: 4, pongCount: 2 };
/** corosync.conf(5): "consensus ... must be at minimum 1.2 * token", which is also its default. */
const CONSENSUS_PER_TOKEN = 1.2;

/** A node of the nodelist with the place of each of its addresses. */
export interface CorosyncNode extends Position {
  name: string;
  rings: ({ link: number; address: string } & Position)[];
}

/** Reads the text of a corosync.conf: the timing with its defaults filled in, and the nodelist with its places. Never throws. */
export function parseCorosync(text: string): { totem: Totem; nodes: CorosyncNode[]; problems: Problem[] } {
  const { root, problems } = corosyncSections(text);
  const totem = root.sections.find((section) => section.name === "totem");
  const nodelist = root.sections.find((section) => section.name === "nodelist");
  if (totem === undefined) problems.push({ line: 1, column: 1, message: "there is no totem section; add totem { version: 2 ... }" });
  const nodes = (nodelist?.sections ?? []).filter((section) => section.name === "node").map((section) => readNode(section, problems));
  return { totem: readTotem(totem, nodes, problems), nodes, problems };
}

function readTotem(section: CorosyncSection | undefined, nodes: CorosyncNode[], problems: Problem[]): Totem {
  const number = (key: string, fallback: number): number => readNumber(section, key, problems) ?? fallback;
  // corosync.conf(5), token_coefficient: with a nodelist of 3 or more, token grows by the coefficient per node above two.
  const tokenMs = number("token", DEFAULT.tokenMs) + Math.max(0, nodes.length - 2) * number("token_coefficient", DEFAULT.coefficientMs);
  const interfaces = (section?.sections ?? []).filter((child) => child.name === "interface");
  const timeouts = interfaces.map((child) => readNumber(child, "knet_ping_timeout", problems) ?? tokenMs / readPongs(child, problems));
  return {
    tokenMs,
    consensusMs: number("consensus", Math.round(tokenMs * CONSENSUS_PER_TOKEN)),
    joinMs: number("join", DEFAULT.joinMs),
    retransmits: number("token_retransmits_before_loss_const", DEFAULT.retransmits),
    linkMode: section?.values.findLast((entry) => entry.key === "link_mode")?.value ?? "passive",
    links: Object.fromEntries(nodes.map((node) => [node.name, byLink(node)])),
    knetPingTimeoutMs: Math.max(...timeouts, timeouts.length === 0 ? tokenMs / DEFAULT.pongCount : 0),
  };
}

const readPongs = (section: CorosyncSection, problems: Problem[]): number =>
  readNumber(section, "knet_pong_count", problems) ?? DEFAULT.pongCount;

function byLink(node: CorosyncNode): string[] {
  const addresses: string[] = [];
  for (const ring of [...node.rings].sort((a, b) => a.link - b.link)) addresses.push(ring.address);
  return addresses;
}

function readNode(section: CorosyncSection, problems: Problem[]): CorosyncNode {
  const name = section.values.findLast((entry) => entry.key === "name")?.value ?? "";
  if (name === "") {
    const message = "the node has no name; add name: <host name>, so that corosync and pacemaker agree on it";
    problems.push({ line: section.line, column: section.column, message });
  }
  const rings = section.values.flatMap(({ key, value, line, column }) => {
    const link = /^ring([0-7])_addr$/.exec(key)?.[1];
    return link === undefined ? [] : [{ link: Number(link), address: value, line, column }];
  });
  if (rings.length === 0) {
    problems.push({ line: section.line, column: section.column, message: "the node has no address; add ring0_addr: <address>" });
  }
  return { name, rings, line: section.line, column: section.column };
}

function readNumber(section: CorosyncSection | undefined, key: string, problems: Problem[]): number | null {
  const entry = section?.values.findLast((candidate) => candidate.key === key);
  if (entry === undefined) return null;
  if (/^\d+$/.test(entry.value)) return Number(entry.value);
  problems.push({
    line: entry.line,
    column: entry.column,
    message: `${key} is ${entry.value}, not a whole number; corosync counts it in ms`,
  });
  return null;
}
