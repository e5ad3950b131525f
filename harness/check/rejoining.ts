import type { EventOf, HistoryEvent } from "../history/event.js";
import type { Trial } from "../history/views/trial.js";

/**
 * What the coordinator knew of a node from before goes one after the other with its joining. Seen: with three nodes each node's view, its own
 * too, still had it 0.17 s after the first one in which it was online and quorate. Three times that.
 */
const OLD_PICTURE_US = 500_000;

/**
 * Has this node got power back, or been taken in again by the others' corosync, and is it not online and quorate by its own crm_mon since, with
 * others beside it?
 * Until it has joined, the others show on it what it ran before they lost it: after a power-off for 1.0 s with three nodes, and 0.5 s after it
 * was quorate, its own join not being done, on a busy host; for 0.4 s after an isolation in which it had stopped everything. What its kernel
 * tells is not in doubt. corosync tells it of quorum before the cluster's coordinator has taken it in: then it still sees itself alone.
 */
export function isRejoining(trial: Trial, node: string, atUs: number): boolean {
  const back = trial.events.findLast((event) => isReturn(event, node) && event.atUs <= atUs);
  if (back === undefined) return false;
  const joined = trial.events.find(
    (event) => event.atUs > back.atUs && event.type === "cluster" && event.node === node && hasJoined(event),
  );
  return joined === undefined || joined.atUs + OLD_PICTURE_US > atUs;
}

function isReturn(event: HistoryEvent, node: string): boolean {
  if (event.type === "power") return event.node === node && event.on;
  return event.type === "corosync" && event.what === "member" && event.peer === node && event.node !== node && event.up && !event.initial;
}

function hasJoined({ node, quorate, nodes }: EventOf<"cluster">): boolean {
  const online = nodes.filter((known) => known.online).map(({ name }) => name);
  return quorate && online.includes(node) && online.length > 1;
}
