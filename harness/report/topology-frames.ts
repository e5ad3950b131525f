import type { Drawing, EventOf, HistoryEvent } from "../history/event.js";
import { onAxis, type TrialScope } from "./lanes/lane.js";

/** What a node looked like at one moment, as its observers had last told. */
export interface NodeState {
  power: boolean;
  /** Its kernel holds the service address. */
  holds: boolean;
  /** It says of itself that it is the designated controller. */
  dc: boolean;
  /** Peers whose corosync counts it out. */
  lostFor: string[];
  /** Resources that its own crm_mon places on it. */
  runs: string[];
  /** Active leg by bond; null: the bond has none. */
  active: Record<string, string | null>;
  noCarrier: string[];
}

/** The cluster at one moment of a trial. */
export interface TopologyFrame {
  title: string;
  atMs: number;
  nodes: Record<string, NodeState>;
  /** What each fault in force holds broken at that moment. */
  broken: readonly Drawing[];
}

/** Before, while and after the fault held: just before it was injected, at the end of its window, at the trial's end. Without a fault: the end. */
export function topologyFrames(scope: TrialScope): TopologyFrame[] {
  const inside = scope.states.filter((event) => event.atUs / 1000 >= scope.fromMs);
  const injecting = inside.find((event) => event.type === "fault-injecting");
  if (injecting?.type !== "fault-injecting") return [frameAt(scope, "At the trial's end", scope.toMs * 1000, [])];
  const proven = inside.some((event) => event.type === "fault-proven");
  const healing = inside.find((event) => event.type === "fault-healing");
  const after = frameAt(scope, "After", scope.toMs * 1000, []);
  const before = frameAt(scope, "Before", injecting.atUs - 1, []);
  // Cut short before healing: the fault held until the end.
  const heldUs = healing ? healing.atUs - 1 : scope.toMs * 1000;
  const during = frameAt(scope, "While the fault held", heldUs, proven ? [injecting.drawing] : []);
  return healing ? [before, during, after] : [before, during];
}

/** The cluster at a moment of the scope, as far as it was told by then. */
export function frameAt(scope: TrialScope, title: string, atUs: number, broken: readonly Drawing[]): TopologyFrame {
  const nodes = unseenNodes(scope.nodes);
  for (const event of scope.states) if (event.atUs <= atUs) noteNews(nodes, event, scope.definition?.service.address);
  return { title, atMs: onAxis(scope, atUs), nodes, broken };
}

/** Nodes of which nothing is known yet. */
export function unseenNodes(names: readonly string[]): Record<string, NodeState> {
  return Object.fromEntries(names.map((name) => [name, unseen()]));
}

function unseen(): NodeState {
  return { power: true, holds: false, dc: false, lostFor: [], runs: [], active: {}, noCarrier: [] };
}

/** Changes the node that the event tells something of. */
export function noteNews(nodes: Record<string, NodeState>, event: HistoryEvent, serviceAddress: string | undefined): void {
  const node = "node" in event ? nodes[event.node] : undefined;
  if (!node) return;
  switch (event.type) {
    case "power":
      // Whatever a node said last is void once it has no power.
      Object.assign(node, unseen(), { power: event.on, lostFor: node.lostFor });
      for (const peer of Object.values(nodes)) if (!event.on) peer.lostFor = peer.lostFor.filter((name) => name !== event.node);
      break;
    case "address":
      if (event.address.split("/")[0] === serviceAddress) node.holds = event.present;
      break;
    case "bond":
      node.active[event.bond] = event.active;
      break;
    case "link":
      node.noCarrier = node.noCarrier.filter((nic) => nic !== event.device);
      if (!event.carrier) node.noCarrier.push(event.device);
      break;
    case "cluster":
      node.dc = event.dc === event.node;
      node.runs = runsOn(event);
      break;
    case "corosync": {
      const peer = nodes[event.peer];
      if (event.what !== "member" || !peer || event.peer === event.node) break;
      peer.lostFor = peer.lostFor.filter((name) => name !== event.node);
      if (!event.up) peer.lostFor.push(event.node);
      break;
    }
    default:
  }
}

function runsOn(event: EventOf<"cluster">): string[] {
  return event.resources.filter(({ role, nodes }) => role !== "Stopped" && nodes.includes(event.node)).map(({ id }) => id);
}
