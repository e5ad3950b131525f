import type { EventOf } from "../event.js";
import { observerChange } from "./observers.js";
import type { Trial } from "./trial.js";

/** What crm_mon on one node said, and how long it stood. */
export interface Snapshot {
  observer: string;
  fromUs: number;
  toUs: number;
  state: EventOf<"cluster">;
}

/** The cluster's states as each node saw them that stood at some time of the trial; the first may be older than the trial. */
export function snapshotsOf(trial: Pick<Trial, "events" | "startUs" | "endUs">): Snapshot[] {
  const done: Snapshot[] = [];
  const open = new Map<string, Snapshot>();
  const close = (node: string, atUs: number) => {
    const snapshot = open.get(node);
    if (snapshot !== undefined) done.push({ ...snapshot, toUs: atUs });
    open.delete(node);
  };
  for (const event of trial.events) {
    if (event.type === "cluster") {
      close(event.node, event.atUs);
      open.set(event.node, { observer: event.node, fromUs: event.atUs, toUs: trial.endUs, state: event });
    } else if (event.type === "power" || event.type === "observer") {
      const change = observerChange(event, event.node);
      if (change === "off" || change === "ended") close(event.node, event.atUs);
    }
  }
  return [...done, ...open.values()].filter((snapshot) => snapshot.toUs > trial.startUs).sort((a, b) => a.fromUs - b.fromUs);
}

/** Nodes on which a resource is active in this state. */
export function placesOf(state: EventOf<"cluster">, resource: string): string[] {
  const entries = state.resources.filter((entry) => entry.id === resource && isActive(entry.role));
  return [...new Set(entries.flatMap((entry) => entry.nodes))];
}

/** Times during which consecutive states of one observer all fit, joined together. */
export function spansWhere(snapshots: readonly Snapshot[], fits: (state: EventOf<"cluster">) => boolean): Snapshot[] {
  const spans: Snapshot[] = [];
  for (const snapshot of snapshots) {
    if (!fits(snapshot.state)) continue;
    const before = spans.find((span) => span.observer === snapshot.observer && span.toUs === snapshot.fromUs);
    if (before === undefined) spans.push({ ...snapshot });
    else before.toUs = snapshot.toUs;
  }
  return spans;
}

/** The states in force at a moment, one per observer. */
export function statesAt(snapshots: readonly Snapshot[], atUs: number): Snapshot[] {
  return snapshots.filter((snapshot) => snapshot.fromUs <= atUs && snapshot.toUs >= atUs).filter(latestOfObserver);
}

function isActive(role: string): boolean {
  // crm_mon role names: Stopped, Started, Starting, Stopping, Promoted/Unpromoted (Master/Slave before 2.1). Only a resource that is
  // known to be stopped or on its way there or back is not active.
  return !["Stopped", "Starting", "Stopping"].includes(role);
}

function latestOfObserver(snapshot: Snapshot, _index: number, all: Snapshot[]): boolean {
  return !all.some((other) => other.observer === snapshot.observer && other.fromUs > snapshot.fromUs);
}
