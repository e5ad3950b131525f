import { budgetFor, failbackBudgetFor } from "../cluster/budgets.js";
import type { ClusterDefinition } from "../cluster/definition.js";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { pause } from "../kernel/wait-until.js";
import { faultOf } from "../fault/registry.js";
import type { EventOf, FaultSpec } from "../history/event.js";
import type { NewEvent } from "../history/history-writer.js";
import type { FaultInForce } from "../lab/lab.js";
import { alone, breakNow, newFault, takeBack, type NotePower, type Witness } from "./faults-in-force.js";
import { waitForNormal } from "./heal-gate.js";
import type { Scenario } from "./scenario.js";
import type { Session } from "./session.js";
import { activeNode, resolveTarget } from "./targets.js";

/** So long the service is watched before the fault, so that the history shows who served. */
export const BEFORE_MS = 2_000;
/**
 * Of that, so much in the trial's own time, where the time before it was clean, as the heal gate of the trial before has proven: a hundred
 * answers, from which the gap is told how long a request is on its way (timing/gap.ts).
 */
const OWN_BEFORE_MS = 1_000;
/** The service counts as back once it answered this long without a miss. */
export const STEADY_MS = 3_000;
/** Beyond token and consensus a membership change would have come (corosync.conf(5)), and two seconds more its effects. */
const AFTERMATH_MS = 2_000;
/** Beyond its limit a takeover is watched a little longer, so that the report says how late it was. */
const GRACE_MS = 10_000;

/**
 * The fault's lease ends so long after the limit of its trial: a power-off and its proof took up to 10 s on a busy machine. Only a run that
 * hangs or is killed comes so far.
 */
const LEASE_MARGIN_MS = 60_000;

export interface TrialRequest {
  suite: string;
  scenario: Scenario;
  /** Number of the repetition, from 1. */
  trial: number;
  /** Random wait before the fault, ms. */
  phaseMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * One trial: watch, break, prove, watch, heal, prove, wait until all is normal. It writes the history and judges
 * nothing. Returns whether the lab is fit for another trial; whatever happens, the fault is taken back.
 */
export async function runTrial(session: Session, request: TrialRequest): Promise<boolean> {
  const { scenario } = request;
  const { lost } = session.lab;
  const signal = AbortSignal.any(request.signal ? [request.signal, lost] : [lost]);
  session.record(startOf(session.lab.definition, request, session.lab.facts.pace));
  try {
    if (scenario.fault === null) await pause(leastWatch(session, scenario), signal);
    else await breakAndHeal(session, scenario, scenario.fault, request.phaseMs, signal);
    const gate = await waitForNormal(session, signal);
    session.record({ type: "gate", ...gate });
    session.record({ type: "trial-ended", status: "done", reason: "" });
    return gate.passed;
  } catch (error) {
    const status = request.signal?.aborted ? "interrupted" : "lost";
    const reason = status === "lost" && lost.aborted ? messageOf(lost.reason) : messageOf(error);
    session.record({ type: "trial-ended", status, reason });
    if (status === "interrupted") throw new HachaosError("interrupted", "interrupted", { cause: error });
    return false;
  }
}

/** What is noted of a trial that could not begin, so that the report has a line for it. */
export function skippedTrial(lab: string, definition: ClusterDefinition, request: TrialRequest, reason: string): NewEvent[] {
  return [
    { ...startOf(definition, request, 1), lab },
    { type: "trial-ended", lab, status: "not-started", reason },
  ];
}

function startOf(
  definition: ClusterDefinition,
  { suite, scenario, trial, phaseMs }: TrialRequest,
  pace: number,
): Omit<EventOf<"trial-started">, "lab" | "atUs"> {
  return {
    type: "trial-started",
    suite,
    test: scenario.name,
    trial,
    fault: scenario.fault,
    expect: { servedBy: scenario.expect },
    budget: budgetFor(definition, scenario.fault, pace),
    failbackBudget: failbackBudgetFor(definition, pace),
    phaseMs,
    watchMs: scenario.watchMs,
  };
}

async function breakAndHeal(
  session: Session,
  scenario: Scenario,
  spec: FaultSpec,
  phaseMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const isWatched = session.live.steadyServer(session.nowUs(), BEFORE_MS - OWN_BEFORE_MS) !== null;
  await pause((isWatched ? OWN_BEFORE_MS : BEFORE_MS) + phaseMs, signal);
  const before = activeNode(session);
  const nodes = resolveTarget(session.lab, faultOf(spec.kind), spec.target, before);
  const fault = newFault(
    spec.kind,
    nodes.map((node) => node.name),
    spec.params,
    Math.ceil((watchLimit(session, scenario) + LEASE_MARGIN_MS) / 1000),
  );
  try {
    await alone(session.lab, `inject ${fault.id}`, () => inject(session, spec, fault));
    await watch(session, scenario, before, signal);
  } finally {
    await heal(session, fault);
  }
}

async function inject(session: Session, spec: FaultSpec, fault: FaultInForce): Promise<void> {
  try {
    await breakNow(session.lab, fault, witnessOf(session, spec, fault));
  } catch (error) {
    session.record({ type: "fault-not-proven", message: messageOf(error) });
    if (error instanceof HachaosError && error.code === "lab-lost") throw error;
  }
}

/** Writes down what happens while a fault is injected. */
export function witnessOf(session: Session, spec: FaultSpec, fault: FaultInForce): Witness {
  const drawing = faultOf(fault.kind).draw(session.lab, fault.nodes, fault.params);
  return {
    noteActing() {
      session.record({ type: "fault-injecting", fault: spec, nodes: fault.nodes, drawing });
    },
    noteProven(evidence) {
      session.record({ type: "fault-proven", evidence });
    },
    notePower: powerNotes(session),
  };
}

function powerNotes(session: Session): NotePower {
  return (node, on) => {
    session.record({ type: "power", node, on });
  };
}

/** Until the expected node has served steadily (and, where nothing should happen, long enough to see it) or the limit is over. */
async function watch(session: Session, scenario: Scenario, before: string, signal: AbortSignal | undefined): Promise<void> {
  const startedUs = session.nowUs();
  const leastMs = least(session, scenario);
  const limitMs = watchLimit(session, scenario);
  for (;;) {
    const elapsedMs = (session.nowUs() - startedUs) / 1000;
    const server = elapsedMs >= STEADY_MS ? session.live.steadyServer(session.nowUs(), STEADY_MS) : null;
    const asExpected = server !== null && (server === before) === (scenario.expect === "same");
    const settled = asExpected && elapsedMs >= leastMs;
    if (settled || elapsedMs >= limitMs) {
      const lastSeen = server === null ? "the service does not answer steadily" : `${server} serves steadily`;
      session.record({ type: "observed", settled, lastSeen });
      return;
    }
    await pause(50, signal);
  }
}

function watchLimit(session: Session, scenario: Scenario): number {
  const { definition, facts } = session.lab;
  return Math.max(least(session, scenario), budgetFor(definition, scenario.fault, facts.pace).ms) + GRACE_MS;
}

function least(session: Session, scenario: Scenario): number {
  return scenario.expect === "same" ? leastWatch(session, scenario) : STEADY_MS;
}

function leastWatch(session: Session, scenario: Scenario): number {
  const { tokenMs, consensusMs } = session.lab.definition.corosync.totem;
  return scenario.watchMs ?? tokenMs + consensusMs + AFTERMATH_MS;
}

/** Takes the fault back even when the run is being interrupted. */
async function heal(session: Session, fault: FaultInForce): Promise<void> {
  session.record({ type: "fault-healing" });
  try {
    const evidence = await alone(session.lab, `heal ${fault.id}`, () => takeBack(session.lab, fault, powerNotes(session)));
    session.record({ type: "fault-healed", evidence });
  } catch (error) {
    session.record({ type: "fault-not-healed", message: messageOf(error) });
    if (error instanceof HachaosError && error.code === "lab-lost") throw error;
  }
}
