import type { EventOf } from "../../history/event.js";
import { nodeTone, type Lane, type Row, type Span, type TrialScope } from "./lane.js";
import { stretches, unchanged } from "./stretches.js";

/** Active leg of each bond and lost carriers; bonds that stayed as they were are left out to keep the picture quiet. */
export function bondLane(scope: TrialScope): Lane {
  const legs = distinct(scope, "bond", (event) => `${event.node} ${event.bond}`);
  const nics = distinct(scope, "link", (event) => `${event.node} ${event.device}`);
  const rows = legs.flatMap((bond) => {
    const active = stretches<string>(scope, bond.node, (event) =>
      event.type === "bond" && event.node === bond.node && event.bond === bond.bond ? event.active : undefined,
    );
    const members = scope.definition?.bonds.find((candidate) => candidate.name === bond.bond)?.nics ?? [];
    const lost = nics
      .filter((nic) => nic.node === bond.node && members.includes(nic.device))
      .flatMap((nic) => lostCarrier(scope, nic.node, nic.device));
    if (unchanged(scope, active) && lost.length === 0) return [];
    const legMarks = active.map((stretch): Span => ({
      kind: "span",
      ...times(stretch),
      tone: nodeTone(scope, bond.node),
      label: stretch.value,
      title: `${bond.node} ${bond.bond}: active leg ${stretch.value}`,
    }));
    return [{ label: `${bond.node} ${bond.bond}`, marks: [...legMarks, ...lost] }];
  });
  return { title: "Bonds", rows: orQuiet(rows, legs.length === 0 ? "not observed" : "no change") };
}

function lostCarrier(scope: TrialScope, node: string, device: string): Span[] {
  const read = stretches<boolean>(scope, node, (event) =>
    event.type === "link" && event.node === node && event.device === device ? event.carrier : undefined,
  );
  return read
    .filter((stretch) => !stretch.value)
    .map((stretch) => ({ kind: "span", ...times(stretch), tone: "fail", look: "thin", label: "", title: `${node} ${device}: no carrier` }));
}

/** Membership and knet links between the nodes, as each node's corosync tells it. */
export function corosyncLane(scope: TrialScope): Lane {
  const seen = distinct(scope, "corosync", (event) => `${event.node} ${event.what} ${event.peer} ${event.link ?? ""}`).filter(
    (event) => event.node !== event.peer,
  );
  const rows = seen.flatMap((subject) => {
    const up = stretches<boolean>(scope, subject.node, (event) =>
      event.type === "corosync" &&
      event.node === subject.node &&
      event.what === subject.what &&
      event.peer === subject.peer &&
      event.link === subject.link
        ? event.up
        : undefined,
    );
    if (unchanged(scope, up) && up[0]?.value === true) return [];
    const what = subject.what === "member" ? "member" : `link ${subject.link ?? "?"}`;
    const marks = up.map((stretch): Span => ({
      kind: "span",
      ...times(stretch),
      tone: stretch.value ? nodeTone(scope, subject.node) : "fail",
      label: stretch.value ? "up" : subject.what === "member" ? "left" : "down",
      title: `${subject.node} sees ${subject.peer}: ${what} ${stretch.value ? "up" : "down"}`,
      ...(stretch.value ? {} : { look: "hatched" as const }),
    }));
    // Between two nodes there is only one peer.
    const who = scope.nodes.length > 2 ? `${subject.node} → ${subject.peer}` : subject.node;
    return [{ label: `${who} ${what}`, marks }];
  });
  return { title: "Corosync", rows: orQuiet(rows, seen.length === 0 ? "not observed" : "no change") };
}

function distinct<T extends "bond" | "link" | "corosync">(scope: TrialScope, type: T, key: (event: EventOf<T>) => string): EventOf<T>[] {
  const found = new Map<string, EventOf<T>>();
  for (const event of scope.states) if (event.type === type) found.set(key(event as EventOf<T>), event as EventOf<T>);
  return [...found.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function orQuiet(rows: Row[], label: string): Row[] {
  return rows.length > 0 ? rows : [{ label, marks: [] }];
}

function times({ fromMs, toMs }: { fromMs: number; toMs: number }): { fromMs: number; toMs: number } {
  return { fromMs, toMs };
}
