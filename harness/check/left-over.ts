import type { EventOf } from "../history/event.js";
import { snapshotsOf, statesAt } from "../history/views/snapshots.js";
import type { Trial } from "../history/views/trial.js";
import { cite } from "./constraint.js";
import type { Evidence } from "./results.js";

/** What the observers still show out of order at a trial's end, whatever the heal gate said; empty: nothing. */
export function leftOver(trial: Trial): Evidence[] {
  const states = statesAt(snapshotsOf(trial), trial.endUs);
  return [...states.flatMap(({ state }) => inCluster(state)), ...darkNics(trial)];
}

function inCluster(state: EventOf<"cluster">): Evidence[] {
  const told = [
    ...state.nodes.filter((node) => !node.online || node.unclean || node.standby).map((node) => `${node.name} is not online`),
    ...state.failCounts.map((entry) => `${entry.resource} has a fail count of ${entry.count} on ${entry.node}`),
    ...state.resources
      .filter((entry) => entry.failed || entry.blocked)
      .map((entry) => `${entry.id} is ${entry.blocked ? "blocked" : "failed"}`),
  ];
  return told.map((text) => cite(state, `${text} (crm_mon on ${state.node})`));
}

/** Of the cables that the fault cut. */
function darkNics({ events, marks }: Trial): Evidence[] {
  return (marks.injecting?.drawing.nics ?? []).flatMap((nic) => {
    const last = events.findLast((event) => event.type === "link" && `${event.node}.${event.device}` === nic);
    return last?.type === "link" && !last.carrier ? [cite(last, `${last.node} ${last.device} has no carrier`)] : [];
  });
}
