import type { ClusterDefinition, ClusterPromise } from "../cluster/definition.js";
import type { HistoryEvent } from "../history/event.js";
import type { ConstraintResult, ConstraintVerdict, Evidence } from "./results.js";

/** What a constraint is called: a checker or a promise. */
export interface Named {
  id: string;
  title: string;
}

export function pass(named: Named, finding: string, evidence: Evidence[] = []): ConstraintResult {
  return result(named, "pass", finding, null, evidence);
}

export function fail(named: Named, reason: string, finding: string, evidence: Evidence[]): ConstraintResult {
  return result(named, "fail", finding, reason, evidence);
}

export function unknown(named: Named, reason: string, finding: string, evidence: Evidence[] = []): ConstraintResult {
  return result(named, "unknown", finding, reason, evidence);
}

export function skipped(named: Named, finding: string): ConstraintResult {
  return result(named, "skipped", finding, null, []);
}

/** A pointer to an event of the history. */
export function cite(event: HistoryEvent, text: string): Evidence {
  return { atMs: event.atUs / 1000, node: "node" in event && event.node !== "" ? event.node : null, text };
}

/** The promises of a kind, each with the name its results go under. */
export function promisesOf<K extends ClusterPromise["kind"]>(
  definition: ClusterDefinition,
  kind: K,
): { named: Named; promise: Extract<ClusterPromise, { kind: K }> }[] {
  return definition.promises
    .filter((promise): promise is Extract<ClusterPromise, { kind: K }> => promise.kind === kind)
    .map((promise) => ({ named: { id: promise.id, title: promise.text }, promise }));
}

/** A duration for people: `320 ms`, `5.4 s`. */
export function duration(ms: number): string {
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

function result(
  { id, title }: Named,
  verdict: ConstraintVerdict,
  finding: string,
  reason: string | null,
  evidence: Evidence[],
): ConstraintResult {
  return { id, title, verdict, finding, reason, evidence };
}
