import type { Trial } from "../history/views/trial.js";

/**
 * Has this node got power back, and is not a quorate member by its own crm_mon yet? Until it has joined, the others show on it what it ran
 * before the power-off (1.0 s was seen with three nodes). What its kernel tells is not in doubt.
 */
export function isRejoining(trial: Trial, node: string, atUs: number): boolean {
  const on = trial.events.findLast((event) => event.type === "power" && event.node === node && event.on && event.atUs <= atUs);
  if (on === undefined) return false;
  const joined = trial.events.find((event) => event.type === "cluster" && event.node === node && event.quorate && event.atUs > on.atUs);
  return joined === undefined || joined.atUs > atUs;
}
