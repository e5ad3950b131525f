import { isDeepStrictEqual } from "node:util";
import type { ClusterView, CrmMonReport, Operation } from "../../lab/crm-mon.js";
import type { LabNote } from "../../lab/containers/lab-note.js";
import { nodeSaid, type NodeAnswers, type NodeReplies, type NodeStatus } from "./node-status.js";

/** A lab in full: what each node tells of itself, and the cluster as they see it. */
export interface LabStatus {
  bonding: string;
  service: { url: string; address: string; owners: string[] };
  nodes: NodeStatus[];
  /** Nodes that see the same share a view: more than one view is a cluster in parts. */
  views: ClusterSeen[];
}

export interface ClusterSeen extends ClusterView {
  /** The nodes whose pacemaker says so. */
  seenBy: string[];
  /** Operations whose last result is a failure. */
  failures: Failure[];
}

export type Failure = Pick<Operation, "resource" | "on" | "task" | "rc" | "rcText">;

/** What the nodes of a lab said, as its note explains it. */
export function labSaid(note: Pick<LabNote, "definition" | "facts">, said: readonly NodeReplies[]): LabStatus {
  const gone = (name: string): NodeReplies => ({ name, power: "off", replies: null });
  const answers = note.definition.nodes.map(({ name }) => nodeSaid(said.find((node) => node.name === name) ?? gone(name), note));
  const { url, address } = note.definition.service;
  const holds = ({ addresses }: NodeStatus) => Object.values(addresses ?? {}).some((held) => held.includes(address));
  const nodes = answers.map(({ status }) => status);
  return {
    bonding: note.facts.bonding,
    service: { url, address, owners: nodes.filter(holds).map(({ name }) => name) },
    nodes,
    views: viewsOf(answers),
  };
}

/** What the nodes' pacemakers say, each different picture once. */
function viewsOf(answers: readonly NodeAnswers[]): ClusterSeen[] {
  const views: ClusterSeen[] = [];
  for (const { status, cluster } of answers) {
    if (cluster === null) continue;
    const seen = { ...cluster.view, failures: failuresOf(cluster) };
    const same = views.find(({ seenBy: _, ...view }) => isDeepStrictEqual(view, seen));
    if (same) same.seenBy.push(status.name);
    else views.push({ ...seen, seenBy: [status.name] });
  }
  return views;
}

/**
 * PCMK_OCF_OK, PCMK_OCF_RUNNING_PROMOTED, and the "pending" of an operation under way are no failures. A monitor that runs once is a probe:
 * not running is what it should find.
 */
const GOOD = [0, 8, 193];
const NOT_RUNNING = 7;

function failuresOf({ operations }: CrmMonReport): Failure[] {
  return operations
    .filter(({ task, intervalMs, rc }) => !GOOD.includes(rc) && !(task === "monitor" && intervalMs === 0 && rc === NOT_RUNNING))
    .map(({ resource, on, task, rc, rcText }) => ({ resource, on, task, rc, rcText }));
}
