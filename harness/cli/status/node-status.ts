import type { ClusterDefinition } from "../../cluster/definition.js";
import { CRM_MON, parseCrmMon, type CrmMonReport } from "../../lab/crm-mon.js";
import type { LabNote } from "../../lab/containers/lab-note.js";
import type { Host } from "../../lab/lab.js";
import { ovsLegs } from "../../probe/agents/watchers/ovs-bond.js";
import { askTogether, read, type Answer, type Replies } from "./ask.js";
import { BOND_QUESTIONS, kernelLegs, type ActiveLegs } from "./bond-status.js";
import { corosyncSaid, COROSYNC_QUESTIONS, type CorosyncStatus } from "./corosync-status.js";

/** A node, as it tells of itself at this moment. What it does not tell is null, and `silent` says why. */
export interface NodeStatus {
  name: string;
  /** frozen: it has power, but everything in it stands still. */
  power: "on" | "off" | "frozen";
  /** IPv4 addresses by device. */
  addresses: Record<string, string[]> | null;
  bonds: BondStatus[] | null;
  corosync: CorosyncStatus | null;
  /** Why something is null, by what was asked. */
  silent: { interfaces?: string; bonds?: string; corosync?: string; pacemaker?: string };
}

export interface BondStatus {
  name: string;
  /** null: no leg is in use, or all are (balancing modes). */
  active: string | null;
  /** `carrier` is null where the NIC is not there at all. */
  legs: { nic: string; carrier: boolean | null }[];
}

/** What a node was asked and what it said; null when it has no power, or stands still, and was not asked. */
export interface NodeReplies {
  name: string;
  power: NodeStatus["power"];
  replies: Replies<keyof typeof QUESTIONS> | null;
}

/** Nothing in them depends on the lab, so that nothing has to be known before. */
const QUESTIONS = {
  interfaces: ["ip", "-j", "address"],
  ...BOND_QUESTIONS,
  ...COROSYNC_QUESTIONS,
  pacemaker: CRM_MON,
};

/** Asks a node for everything at once. `state`: the engine's word for its container's. */
export async function askNode(node: Pick<Host, "name" | "exec">, state: string): Promise<NodeReplies> {
  const power = powerOf(state);
  return { name: node.name, power, replies: power === "on" ? await askTogether(node, QUESTIONS) : null };
}

/** What one node says, the cluster as pacemaker sees it there apart from the rest. */
export interface NodeAnswers {
  status: NodeStatus;
  cluster: CrmMonReport | null;
}

export function nodeSaid({ name, power, replies }: NodeReplies, { definition, facts }: Pick<LabNote, "definition" | "facts">): NodeAnswers {
  if (replies === null) return { status: { name, power, addresses: null, bonds: null, corosync: null, silent: {} }, cluster: null };
  const interfaces = read(replies.interfaces, readInterfaces);
  const legs = facts.bonding === "kernel" ? read(replies.kernelLegs, kernelLegs) : read(replies.ovsLegs, ovsLegs);
  const corosync = corosyncSaid(name, replies);
  const pacemaker = read(replies.pacemaker, parseCrmMon);
  const [seen, active] = [orNull(interfaces), orNull(legs)];
  return {
    status: {
      ...{ name, power },
      addresses: seen?.addresses ?? null,
      bonds: seen && active && bondsOf(definition, seen.carriers, active),
      corosync: orNull(corosync),
      silent: {
        ...("silent" in interfaces && { interfaces: interfaces.silent }),
        ...("silent" in legs && { bonds: legs.silent }),
        ...("silent" in corosync && { corosync: corosync.silent }),
        ...("silent" in pacemaker && { pacemaker: pacemaker.silent }),
      },
    },
    cluster: orNull(pacemaker),
  };
}

/** The engine's words for a container's state. */
function powerOf(state: string): NodeStatus["power"] {
  return state === "running" ? "on" : state === "paused" ? "frozen" : "off";
}

function orNull<T>(answer: Answer<T>): T | null {
  return "said" in answer ? answer.said : null;
}

interface Interfaces {
  addresses: Record<string, string[]>;
  carriers: Record<string, boolean>;
}

export function readInterfaces(text: string): Interfaces {
  const links = JSON.parse(text) as { ifname: string; flags: string[]; addr_info?: { family: string; local: string }[] }[];
  const inet = links.map(
    ({ ifname, addr_info = [] }) => [ifname, addr_info.filter(({ family }) => family === "inet").map(({ local }) => local)] as const,
  );
  return {
    addresses: Object.fromEntries(inet.filter(([, addresses]) => addresses.length > 0)),
    // LOWER_UP is the carrier (netdevice(7), IFF_LOWER_UP).
    carriers: Object.fromEntries(links.map(({ ifname, flags }) => [ifname, flags.includes("LOWER_UP")])),
  };
}

function bondsOf({ bonds }: ClusterDefinition, carriers: Record<string, boolean>, active: ActiveLegs): BondStatus[] {
  return bonds.map(({ name, nics }) => ({
    ...{ name, active: active[name] ?? null },
    legs: nics.map((nic) => ({ nic, carrier: carriers[nic] ?? null })),
  }));
}
