import type { EventOf, HistoryEvent } from "../../history/event.js";
import { nodeTone, type Lane, type Row, type TrialScope } from "./lane.js";
import { operationMarks } from "./operation-marks.js";
import { stretches } from "./stretches.js";

type ClusterEvent = EventOf<"cluster">;

/** Who has the service address: read from the kernel of each node, not from the cluster manager. */
export function addressLane(scope: TrialScope): Lane {
  const address = scope.definition?.service.address ?? firstAddress(scope.states);
  const rows = ownership(
    scope,
    `has ${address ?? "the address"}`,
    (node) => (event) =>
      event.type === "address" && event.node === node && event.address.split("/")[0] === address ? event.present || null : undefined,
  );
  return { title: "Service address", rows };
}

/** Where each resource runs, as every node's own crm_mon says about itself (so a split brain shows as two owners), and what was done to it. */
export function resourceLanes(scope: TrialScope): Lane[] {
  const ids = new Set<string>();
  for (const event of scope.states) if (event.type === "cluster") for (const resource of event.resources) ids.add(resource.id);
  return [...ids].map((id) => ({
    title: id,
    rows: ownership(
      scope,
      `runs ${id}`,
      (node) => (event) => (event.type === "cluster" && event.node === node ? runs(event, id, node) : undefined),
    ).map((row) => ({ label: row.label, marks: [...row.marks, ...operationMarks(scope, id, row.label)] })),
  }));
}

/** Which node says of itself that it is the designated controller. */
export function dcLane(scope: TrialScope): Lane {
  return {
    title: "DC",
    rows: ownership(
      scope,
      "is the DC",
      (node) => (event) => (event.type === "cluster" && event.node === node ? event.dc === node || null : undefined),
    ),
  };
}

function runs(event: ClusterEvent, id: string, node: string): true | null {
  return event.resources.some((resource) => resource.id === id && resource.nodes.includes(node) && resource.role !== "Stopped") || null;
}

function ownership(scope: TrialScope, does: string, reading: (node: string) => (event: HistoryEvent) => true | null | undefined): Row[] {
  return scope.nodes.map((node) => ({
    label: node,
    marks: stretches<true>(scope, node, reading(node)).map(({ fromMs, toMs }) => ({
      kind: "span",
      fromMs,
      toMs,
      tone: nodeTone(scope, node),
      label: "",
      title: `${node} ${does}`,
    })),
  }));
}

function firstAddress(states: HistoryEvent[]): string | null {
  const event = states.find((candidate) => candidate.type === "address");
  return event?.type === "address" ? (event.address.split("/")[0] ?? null) : null;
}
