import type { EventOf } from "../history/event.js";
import { snapshotsOf } from "../history/views/snapshots.js";
import type { Trial } from "../history/views/trial.js";

/**
 * Why what crm_mon said proves nothing, in words; null: it does. Nodes may see different clusters, so every node that had power has to
 * have told its view.
 */
export function crmMonDoubt(trial: Trial): string | null {
  const seen = new Set(snapshotsOf(trial).map((snapshot) => snapshot.observer));
  if (seen.size === 0) return "no node's crm_mon was seen";
  const unseen = (trial.definition?.nodes ?? []).map((node) => node.name).filter((node) => !seen.has(node) && hadPower(trial, node));
  return unseen.length === 0 ? null : `what crm_mon says on ${unseen.join(" and ")} was not seen`;
}

function hadPower(trial: Trial, node: string): boolean {
  const changes = trial.events.filter((event): event is EventOf<"power"> => event.type === "power" && event.node === node);
  const before = changes.filter((event) => event.atUs <= trial.startUs).at(-1);
  return before?.on !== false || changes.some((event) => event.on && event.atUs > trial.startUs);
}
