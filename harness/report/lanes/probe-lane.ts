import type { EventOf, ProbeOutcome } from "../../history/event.js";
import { moment } from "../words.js";
import { nodeTone, onAxis, type Lane, type Mark, type Tick, type TrialScope } from "./lane.js";

/** Columns of the drawing the probes are gathered into; about one per pixel of the plot. */
const COLUMNS = 920;
/** The longest period a probe may have (20 per second). */
const HOLE_US = 50_000;
/** Successes of one node further apart than this are drawn as separate bars; a probe runs at least 20 times a second. */
const JOIN_MS = 300;

/** HTTP answers: one row per serving node, one for failures. Successes are joined; a failure is never merged away. */
export function probeLane(scope: TrialScope): Lane {
  const servers = [...new Set([...scope.nodes, ...scope.http.map((probe) => probe.servedBy).filter((name) => name !== null)])];
  const rows = servers.map((server) => ({ label: server, marks: answers(scope, server) }));
  return { title: "HTTP answers", rows: [...rows, { label: "no answer", marks: failures(scope) }] };
}

function answers(scope: TrialScope, server: string): Mark[] {
  const times = scope.http.filter((probe) => probe.outcome === "ok" && probe.servedBy === server).map((probe) => onAxis(scope, probe.atUs));
  const failed = scope.http.filter((probe) => probe.outcome !== "ok").map((probe) => onAxis(scope, probe.atUs));
  const marks: Mark[] = [];
  let from = 0;
  let count = 0;
  let failure = 0;
  times.forEach((atMs, index) => {
    if (count++ === 0) from = atMs;
    const next = times[index + 1];
    while (failure < failed.length && (failed[failure] ?? 0) < atMs) failure++;
    // A bar ends before the next failure, so that an answer between two failures stays visible as one.
    if (next !== undefined && next - atMs <= JOIN_MS && (failed[failure] ?? Infinity) > next) return;
    const title = `${count} answered by ${server}, ${moment(from)} to ${moment(atMs)}`;
    marks.push({ kind: "span", fromMs: from, toMs: Math.max(atMs, from + 10), tone: nodeTone(scope, server), label: "", title });
    count = 0;
  });
  return marks;
}

function failures(scope: TrialScope): Mark[] {
  const columnMs = (scope.toMs - scope.fromMs) / COLUMNS;
  const columns = new Map<string, { probes: EventOf<"http">[]; untilUs: number }>();
  scope.http.forEach((probe, index) => {
    if (probe.outcome === "ok") return;
    const key = `${Math.floor((probe.atUs / 1000 - scope.fromMs) / columnMs)} ${SHAPES[probe.outcome]}`;
    const column = columns.get(key) ?? { probes: [], untilUs: 0 };
    columns.set(key, column);
    column.probes.push(probe);
    // Nothing is known until the next request, so the mark reaches to there; one after a hole reaches no further than usual.
    column.untilUs = Math.min(scope.http[index + 1]?.atUs ?? Infinity, probe.atUs + HOLE_US);
  });
  return [...columns.values()].map(({ probes, untilUs }) => {
    const [first] = probes as [EventOf<"http">, ...EventOf<"http">[]];
    const outcomes = Object.entries(countOutcomes(probes)).map(([outcome, count]) => `${count} ${outcome}`);
    const atMs = onAxis(scope, first.atUs);
    return {
      kind: "tick",
      atMs,
      toMs: onAxis(scope, untilUs),
      tone: "fail",
      shape: SHAPES[first.outcome],
      title: `${moment(atMs)}: ${outcomes.join(", ")}${first.error ? ` (${first.error})` : ""}`,
    };
  });
}

/** How many probes ended how. */
export function countOutcomes(probes: readonly { outcome: ProbeOutcome }[]): Partial<Record<ProbeOutcome, number>> {
  const counts: Partial<Record<ProbeOutcome, number>> = {};
  for (const { outcome } of probes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Shape = how the request failed: somebody said no (bar), nobody answered (half), something else answered (diamond). */
const SHAPES: Record<ProbeOutcome, Tick["shape"]> = {
  ok: "dot",
  refused: "bar",
  reset: "bar",
  timeout: "half",
  unreachable: "half",
  "wrong-status": "diamond",
  "wrong-page": "diamond",
};
