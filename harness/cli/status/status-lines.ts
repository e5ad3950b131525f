import type { JournalEntry } from "../../lab/lab.js";
import type { LabSummary } from "../../lab/labs.js";
import { milliseconds } from "../format/milliseconds.js";
import { table } from "../format/table.js";
import type { Terminal } from "../terminal/terminal.js";
import { faultRow } from "./fault-line.js";
import { stateOf } from "./lab-state.js";
import type { ClusterSeen, LabStatus } from "./lab-status.js";
import type { BondStatus, NodeStatus } from "./node-status.js";

export type Summary = LabSummary & { faults: JournalEntry[] };
type Paint = Terminal["style"];

/** One lab in full, for people: what is wrong stands out by word and by colour. */
export function statusLines(summary: Summary, status: LabStatus, paint: Paint, now: number = Date.now()): string[] {
  return [
    head(summary, status, paint, now),
    ...table(status.nodes.flatMap((node) => nodeRows(node, status, paint))),
    ...status.views.flatMap((view) => ["", ...viewLines(view, paint)]),
    ...(status.views.length > 1 ? ["", paint("red", "the nodes do not agree: the cluster is in parts, or on its way")] : []),
    "",
    ...faultLines(summary.faults, paint),
  ];
}

function head({ name, suite, createdAt, ...lab }: Summary, status: LabStatus, paint: Paint, now: number): string {
  const age = milliseconds(Math.max(0, now - Date.parse(createdAt)));
  const { bonding, service } = status;
  return `${paint("bold", name)}  suite ${suite}, ${stateOf(lab)}; made ${age} ago, bonds by ${bonding}; ${service.address} is ${ownerText(status, paint)}`;
}

function ownerText({ service: { owners }, nodes }: LabStatus, paint: Paint): string {
  const unknown = nodes.filter(({ power, addresses }) => power !== "off" && addresses === null).map(({ name }) => name);
  if (owners.length > 1) return paint("red", `on ${owners.join(" AND ")}`);
  if (owners.length === 1) return `on ${owners.join()}`;
  return paint("red", unknown.length === 0 ? "on no node" : `on no node that answers (${unknown.join(", ")} may have it)`);
}

function nodeRows({ name, power, bonds, corosync, silent }: NodeStatus, status: LabStatus, paint: Paint): string[][] {
  const title = [paint("bold", name), power === "on" ? "on" : paint("red", power)];
  if (power !== "on") return [title];
  return [
    title,
    ...(bonds ?? []).map((bond) => [`  ${bond.name}`, bondText(bond, paint)]),
    ...silentRow("bonds", silent.interfaces ?? silent.bonds, paint),
    ...linkRows(corosync?.links ?? [], paint),
    ...(corosync === null ? [] : [["  members", membersText(corosync, status, paint)]]),
    ...silentRow("corosync", silent.corosync, paint),
    ...silentRow("pacemaker", silent.pacemaker, paint),
  ];
}

function bondText({ active, legs }: BondStatus, paint: Paint): string {
  const words = legs.map(({ nic, carrier }) => {
    if (carrier === null) return paint("red", `${nic} is not there`);
    if (!carrier) return paint("red", `${nic} no carrier`);
    return nic === active ? paint("green", `${nic} active`) : `${nic} ready`;
  });
  return words.join(", ");
}

function linkRows(links: { link: number; peer: string; connected: boolean }[], paint: Paint): string[][] {
  const numbers = [...new Set(links.map(({ link }) => link))];
  return numbers.map((number) => [
    `  link ${number}`,
    links
      .filter(({ link }) => link === number)
      .map(({ peer, connected }) => (connected ? `${peer} connected` : paint("red", `${peer} not connected`)))
      .join(", "),
  ]);
}

function membersText({ members, quorate }: { members: string[]; quorate: boolean }, { nodes }: LabStatus, paint: Paint): string {
  const missing = nodes.map(({ name }) => name).filter((name) => !members.includes(name));
  const without = missing.length === 0 ? "" : paint("red", ` without ${missing.join(", ")}`);
  return `${members.join(", ")}${without}; ${quorate ? "quorate" : paint("red", "no quorum")}`;
}

function silentRow(what: string, why: string | undefined, paint: Paint): string[][] {
  return why === undefined ? [] : [[`  ${what}`, paint("red", why)]];
}

function viewLines(view: ClusterSeen, paint: Paint): string[] {
  const bad = view.nodes.filter(({ online, unclean, standby }) => !online || unclean || standby);
  const states = bad.map(({ name, online, unclean, standby }) =>
    paint("red", `${name} ${unclean ? "UNCLEAN" : online ? (standby ? "standby" : "online") : "OFFLINE"}`),
  );
  const online = view.nodes.filter((node) => !bad.includes(node)).map(({ name }) => name);
  return [
    `pacemaker as ${view.seenBy.join(", ")} ${view.seenBy.length === 1 ? "sees" : "see"} it`,
    ...table([
      ["  DC", `${view.dc ?? paint("red", "none")}, ${view.quorate ? "quorate" : paint("red", "no quorum")}`],
      ["  nodes", [...(online.length === 0 ? [] : [`online ${online.join(", ")}`]), ...states].join("; ")],
      ...view.resources.map((resource) => [`  ${resource.id}`, resourceText(resource, paint)]),
      ...view.failures.map(({ resource, on, task, rcText }) => ["  failed", paint("red", `${resource} ${task} on ${on}: ${rcText}`)]),
      ...view.failCounts.map(({ resource, node, count }) => ["  fail-count", paint("yellow", `${resource} on ${node}: ${count}`)]),
      ...view.bans.map(({ resource, node, id }) => ["  ban", paint("yellow", `${resource} not on ${node} (${id})`)]),
    ]),
  ];
}

function resourceText({ role, nodes, failed, blocked, managed }: ClusterSeen["resources"][number], paint: Paint): string {
  const state = nodes.length === 0 ? paint("red", role) : `${role} on ${nodes.join(", ")}`;
  const flags = [...(failed ? ["FAILED"] : []), ...(blocked ? ["blocked"] : []), ...(managed ? [] : ["unmanaged"])];
  return [state, ...flags.map((flag) => paint("red", flag))].join(", ");
}

function faultLines(faults: readonly JournalEntry[], paint: Paint): string[] {
  if (faults.length === 0) return ["no fault is in force"];
  return [paint("yellow", "faults in force"), ...table(faults.map(faultRow)).map((line) => `  ${line}`)];
}
