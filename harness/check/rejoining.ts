import type { EventOf } from "../history/event.js";
import type { Trial } from "../history/views/trial.js";

/**
 * Has this node got power back, and is it not online and quorate by its own crm_mon yet? Until it has joined, the others show on it what it
 * ran before the power-off: for 1.0 s with three nodes, and 0.5 s after it was quorate, its own join not being done, on a busy host. What its
 * kernel tells is not in doubt.
 */
export function isRejoining(trial: Trial, node: string, atUs: number): boolean {
  const on = trial.events.findLast((event) => event.type === "power" && event.node === node && event.on && event.atUs <= atUs);
  if (on === undefined) return false;
  const joined = trial.events.find((event) => event.atUs > on.atUs && event.type === "cluster" && event.node === node && hasJoined(event));
  return joined === undefined || joined.atUs > atUs;
}

function hasJoined({ node, quorate, nodes }: EventOf<"cluster">): boolean {
  return quorate && nodes.some(({ name, online }) => name === node && online);
}
