import { stripVTControlCharacters } from "node:util";
import type { BondDefinition, ClusterDefinition } from "../../cluster/definition.js";
import type { JournalEntry } from "../../lab/lab.js";
import type { NodeState } from "../../report/topology-frames.js";
import { milliseconds } from "../format/milliseconds.js";
import { table } from "../format/table.js";
import { gapUs } from "../progress/pane-state.js";
import { LETTERS } from "../progress/render-pane.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Menu } from "./menu.js";
import type { Beat, WatchState } from "./watch-state.js";

export interface Screen {
  lab: string;
  state: WatchState;
  faults: readonly JournalEntry[];
  /** What is being chosen; null: nothing. */
  menu: Menu | null;
  /** What is going on and keeps the keys waiting. */
  busy: string | null;
}

type Look = Pick<Terminal, "style">;

const BOX = 34;
const KEYS = "i inject  h heal  a heal all  q quit";

/** The whole screen, from the top; no line is longer than `columns`. */
export function watchScreen(screen: Screen, { columns, rows }: { columns: number; rows: number }, look: Look): string[] {
  const { state, faults, menu, busy } = screen;
  const { style } = look;
  const head = `${style("bold", `hachaos watch ${screen.lab}`)}  ${busy === null ? KEYS : style("yellow", busy)}`;
  const parts = [
    [head, ""],
    topologyLines(state, faults, columns, look),
    ["", ...resourceLines(state, look)],
    ["", ...probeLines(state, columns, look)],
    ["", ...faultLines(faults, look)],
    menu === null ? [] : ["", ...menuLines(menu, look)],
    ["", ...state.lines.map((line) => style("dim", line))],
  ];
  const lines = parts.flat().map((line) => cut(line, columns));
  // The newest line of evidence is the last one: when there is no room for all, the oldest ones go.
  const over = Math.max(0, lines.length - rows);
  return over === 0
    ? lines
    : [...lines.slice(0, Math.max(0, lines.length - state.lines.length)), ...lines.slice(lines.length - state.lines.length + over)].slice(
        0,
        rows,
      );
}

function topologyLines(state: WatchState, faults: readonly JournalEntry[], columns: number, look: Look): string[] {
  const { definition } = state;
  const boxes = definition.nodes.map(({ name }) => box(name, state, look));
  const side = Math.max(1, Math.floor((columns + 2) / (BOX + 2)));
  const blocks: string[] = [];
  for (let first = 0; first < boxes.length; first += side) {
    const row = boxes.slice(first, first + side);
    for (let line = 0; line < (row[0]?.length ?? 0); line += 1) blocks.push(row.map((lines) => lines[line] ?? "").join("  "));
  }
  return [...blocks, ...outsideLines(definition, faults, look)];
}

function box(name: string, state: WatchState, { style }: Look): string[] {
  const node = state.nodes[name];
  const marks = [node?.dc === true ? "DC" : "", node?.power === false ? "NO POWER" : ""].filter(Boolean).join(" ");
  const title = ` ${name} `;
  const end = marks === "" ? "─╮" : ` ${style("cyan", marks)} ─╮`;
  const top = `╭─${style(node?.power === false ? "red" : "bold", title)}`;
  const inner = [
    node?.holds === true ? style("green", `⚑ ${state.definition.service.address}`) : "",
    ...state.definition.bonds.map((bond) => bondText(bond, node, { style })),
    node !== undefined && node.runs.length > 0 ? `runs ${node.runs.join(", ")}` : style("dim", "runs nothing"),
    node !== undefined && node.lostFor.length > 0 ? style("red", `lost for ${node.lostFor.join(", ")}`) : "",
  ];
  const line = "─".repeat(Math.max(0, BOX - length(top) - length(end)));
  return [top + line + end, ...inner.map((text) => `│ ${fit(text, BOX - 4)} │`), `╰${"─".repeat(BOX - 2)}╯`];
}

/** The active leg stands in brackets; one without carrier is crossed. */
function bondText({ name, nics }: BondDefinition, node: NodeState | undefined, { style }: Look): string {
  const legs = nics.map((nic) => {
    if (node === undefined || !node.power) return style("dim", ` ${nic} `);
    if (node.noCarrier.includes(nic)) return style("red", `✗${nic} `);
    return node.active[name] === nic ? style("green", `[${nic}]`) : ` ${nic} `;
  });
  return `${name} ${legs.join(" ")}`;
}

function outsideLines(definition: ClusterDefinition, faults: readonly JournalEntry[], { style }: Look): string[] {
  const cables = definition.networks.filter(({ wiring }) => wiring === "cables").map(({ name }) => name);
  const switched = definition.networks.filter(({ wiring }) => wiring === "switches");
  const silent = faults.filter(({ kind }) => kind === "gateway-blackhole").flatMap(({ nodes }) => nodes);
  const bonds = (networks: string[]) =>
    definition.bonds
      .filter(({ network }) => networks.includes(network))
      .map(({ name }) => name)
      .join(", ");
  return [
    ...(cables.length === 0 ? [] : [style("dim", `  ${bonds(cables)}: cables from node to node`)]),
    ...switched.map(({ name, gateway, client }) => {
      const router = `gateway ${gateway ?? "none"}`;
      const mute = silent.length === 0 ? router : style("red", `${router} silent for ${silent.join(", ")}`);
      return `${style("dim", `  ${bonds([name])}: a switch for each leg, `)}${mute}${style("dim", `, client ${client ?? "none"}`)}`;
    }),
  ];
}

function resourceLines({ cluster }: WatchState, { style }: Look): string[] {
  if (cluster === null) return [style("dim", "resources: crm_mon has not told yet")];
  const rows = cluster.resources.map(({ id, role, nodes, failed }) => {
    const counts = cluster.failCounts
      .filter(({ resource }) => resource === id)
      .map(({ node, count }) => `failed ${count} times on ${node}`);
    const trouble = [...(failed ? ["FAILED"] : []), ...counts].join(", ");
    return [id, role === "Started" ? style("green", role) : style("yellow", role), nodes.join(", "), style("red", trouble)];
  });
  const bans = cluster.bans.map(({ id, resource, node }) => style("yellow", `ban ${id}: ${resource} not on ${node}`));
  const quorum = cluster.quorate ? [] : [style("red", "no quorum")];
  return [...table([["resource", "state", "on", ""].map((text) => style("dim", text)), ...rows]), ...quorum, ...bans];
}

function probeLines({ pane, beats, definition }: WatchState, columns: number, { style }: Look): string[] {
  const names = definition.nodes.map(({ name }) => name);
  const mark = ({ outcome, servedBy }: Beat): string => {
    if (outcome !== "ok") return style("red", LETTERS[outcome]);
    const index = names.indexOf(servedBy ?? "");
    return style(index === 0 ? "green" : "cyan", index < 0 ? "?" : String(index + 1));
  };
  const dark = gapUs(pane, pane.nowUs);
  const longest = `longest gap ${milliseconds(pane.longestGapUs / 1000)}`;
  const gap = dark > 0 ? style("red", `DARK for ${milliseconds(dark / 1000)}, `) + longest : longest;
  const owner = pane.owners.length === 0 ? "nobody" : pane.owners.join(" AND ");
  return [
    `${definition.service.url} served by ${pane.servedBy ?? "nobody yet"}, ${pane.address} on ${owner}`,
    beats
      .slice(-Math.max(1, columns - 1))
      .map(mark)
      .join(""),
    gap,
  ];
}

function faultLines(faults: readonly JournalEntry[], { style }: Look): string[] {
  if (faults.length === 0) return [style("dim", "no fault is in force")];
  const rows = faults.map(({ id, nodes, params, leaseS, leftS, dirty }) => [
    style("red", id),
    nodes.join(", "),
    Object.entries(params)
      .map(([name, value]) => `${name}=${value}`)
      .join(" "),
    dirty === null
      ? `for ${milliseconds((leaseS - leftS) * 1000)}, undoes itself in ${milliseconds(Math.max(0, leftS * 1000))}`
      : style("red", `DIRTY: ${dirty}`),
  ]);
  return table(rows);
}

function menuLines({ title, options }: Menu, { style }: Look): string[] {
  return [
    `${style("bold", title)} ${style("dim", "(Esc: leave it)")}`,
    ...options.map(({ key, label }) => `  ${style("cyan", key)}  ${label}`),
  ];
}

/** To exactly this width, whatever escapes are in it. */
function fit(text: string, width: number): string {
  return cut(text, width) + " ".repeat(Math.max(0, width - length(text)));
}

/** A line that is too long loses its styles with its end. */
function cut(text: string, width: number): string {
  return length(text) <= width ? text : `${stripVTControlCharacters(text).slice(0, width - 1)}…`;
}

function length(text: string): number {
  return stripVTControlCharacters(text).length;
}
