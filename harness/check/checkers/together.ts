import type { ClusterDefinition, TogetherPromise } from "../../cluster/definition.js";
import { answersFromElsewhere, type AnswersByHolder } from "../../history/views/answers-from-elsewhere.js";
import { placesOf, snapshotsOf, spansWhere, type Snapshot } from "../../history/views/snapshots.js";
import type { Trial } from "../../history/views/trial.js";
import type { Checker } from "../checker.js";
import { cite, duration, fail, pass, promisesOf, skipped, unknown, type Named } from "../constraint.js";
import { addressResource, apartBy, isColocated } from "../crm-facts.js";
import { crmMonDoubt } from "../crm-mon-doubt.js";
import { snapshotGraceUs } from "../grace.js";
import type { Explanation } from "../explanation.js";
import type { ConstraintResult, Evidence } from "../results.js";

/** C2: never on different nodes, and every answer comes from the node that holds the address. */
export const together: Checker = {
  id: "together",
  title: "Together",
  summary: "The resources run on one and the same node, and every HTTP answer comes from the node that holds the service address.",
  promises: ["together"],
  anyFaults: true,
  check: (trial, definition) =>
    promisesOf(definition, "together").map(({ named, promise }) => judgePromise(trial, definition, named, promise)),
};

function judgePromise(trial: Trial, definition: ClusterDefinition, named: Named, promise: TogetherPromise): ConstraintResult {
  if (trial.ended?.status === "not-started") return skipped(named, "the trial was not started");
  const colocated = isColocated(definition, promise.resources);
  const graceUs = colocated ? moveGraceUs(trial) : snapshotGraceUs(trial);
  const apart = apartIn(trial, promise, graceUs);
  if (apart.length > 0) {
    const { reason, why } = explainApart(definition, promise, colocated);
    return fail(named, reason, `${promise.resources.join(" and ")} were apart: ${apart[0]?.text ?? ""}${why}`, apart);
  }
  const answers = answersIn(trial, definition, promise);
  if (answers.foreign.length > 0) {
    const first = answers.foreign[0];
    const finding = `${count(answers.foreign.length)} came from a node that did not hold ${definition.service.address}, the first from ${first?.servedBy ?? ""}`;
    const evidence = answers.foreign.slice(0, 5).map((probe) => cite(probe, `answer from ${probe.servedBy ?? ""}`));
    return fail(named, "answered-by-other", finding, evidence);
  }
  const blind = crmMonDoubt(trial);
  if (blind !== null) return unknown(named, "not-observed", blind);
  if (answers.unseen > 0) {
    return unknown(named, "holder-not-observed", `${count(answers.unseen)} came while the holder of the address was not observed`);
  }
  const judged = answers.judged > 0 ? `, and ${count(answers.judged)} came from the holder of ${definition.service.address}` : "";
  // What a move is forgiven is said all the same.
  const forgiven = apartIn(trial, promise, snapshotGraceUs(trial));
  const together = forgiven.length === 0 ? "never on different nodes" : `on different nodes only on their way: ${forgiven[0]?.text ?? ""}`;
  return pass(named, `${promise.resources.join(" and ")} were ${together}${judged}`, forgiven);
}

function explainApart(definition: ClusterDefinition, { resources }: TogetherPromise, colocated: boolean): Explanation {
  const repelled = apartBy(definition, resources);
  if (repelled !== null) return { reason: "kept-apart", why: `; colocation ${repelled.id} with score ${repelled.score} keeps them apart` };
  if (!colocated) return { reason: "no-colocation", why: "; the crm configuration has no colocation of them" };
  return { reason: "apart", why: "" };
}

function apartIn(trial: Trial, promise: TogetherPromise, moveUs: number): Evidence[] {
  const [snapshots, graceUs] = [snapshotsOf(trial), snapshotGraceUs(trial)];
  const spans = spansWhere(snapshots, (state) => placesOfAll(state, promise).length > 1);
  return spans.flatMap((span) => {
    const { observer, state, fromUs, toUs } = span;
    const lastedUs = toUs - Math.max(fromUs, trial.startUs);
    if (lastedUs <= (isMove(snapshots, span, promise) ? moveUs : graceUs)) return [];
    const places = promise.resources.map((id) => `${id} on ${placesOf(state, id).join(" and ") || "no node"}`);
    return [cite(state, `${places.join(", ")} for ${duration(lastedUs / 1000)} (crm_mon on ${observer})`)];
  });
}

/**
 * How long resources that are bound may be apart on their way to another node: a colocation says where, not in which order, and on a busy
 * host Pacemaker does one operation at a time (load-threshold, pacemaker-controld(7)). 3.0 s were seen with three resources.
 */
function moveGraceUs(trial: Trial): number {
  return Math.max(snapshotGraceUs(trial), trial.started.failbackBudget.ms * 1000);
}

/** Before it all were on one node, and after it all are on another. */
function isMove(snapshots: Snapshot[], { observer, fromUs, toUs }: Snapshot, promise: TogetherPromise): boolean {
  const own = snapshots.filter((snapshot) => snapshot.observer === observer);
  const [before, after] = [own.find((snapshot) => snapshot.toUs === fromUs), own.find((snapshot) => snapshot.fromUs === toUs)];
  if (before === undefined || after === undefined) return false;
  const [from, to] = [placesOfAll(before.state, promise), placesOfAll(after.state, promise)];
  return from.length === 1 && to.length === 1 && from[0] !== to[0];
}

/** The different places of those that run; one = all together. */
function placesOfAll(state: Snapshot["state"], { resources }: TogetherPromise): string[] {
  return [...new Set(resources.map((id) => placesOf(state, id).join()).filter((nodes) => nodes !== ""))];
}

function count(answers: number): string {
  return `${String(answers)} ${answers === 1 ? "answer" : "answers"}`;
}

/** The promise is about answers only when the resource that holds the address is one of those it names. */
function answersIn(trial: Trial, definition: ClusterDefinition, promise: TogetherPromise): AnswersByHolder {
  const { address } = definition.service;
  const holder = addressResource(definition, address);
  if (holder === null || !promise.resources.includes(holder.id)) return { foreign: [], judged: 0, unseen: 0 };
  return answersFromElsewhere(trial, address);
}
