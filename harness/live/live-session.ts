import { faultOf } from "../fault/registry.js";
import type { FaultSpec } from "../history/event.js";
import type { RunFolder } from "../history/run-store.js";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import type { FaultInForce, Lab } from "../lab/lab.js";
import { breakNow, newFault, takeBack, type NotePower } from "../run/faults-in-force.js";
import type { Session } from "../run/session.js";
import { activeNode, resolveTarget } from "../run/targets.js";
import { openLiveRun, type LiveOutcome, type LiveRequest } from "./live-run.js";
import { LiveTrials } from "./live-trials.js";

/** How often the journal is looked at for what other commands, or a lease, did to the lab. */
const JOURNAL_EVERY_MS = 1_000;
/** Of an idle lab no more than this stays in memory. */
const FORGET_EVERY_MS = 60_000;

/** A lab that is up, watched, with everything that is done to it by hand in one history. */
export interface LiveSession {
  readonly lab: Lab;
  readonly session: Session;
  readonly run: RunFolder;
  /** The oldest first, as the journal had them at the last look. */
  faults(): readonly FaultInForce[];
  /** Breaks something and proves it. One thing is done after the other. Throws `fault-not-proven`, `unknown-name`. */
  inject(spec: FaultSpec): Promise<FaultInForce>;
  /** Takes one fault back and proves it. Throws `undo-not-proven`, `unknown-name`. */
  heal(id: string): Promise<void>;
  /** Stops watching, judges what was done and writes the report. The lab stays, and so do faults in force. */
  close(): Promise<LiveOutcome>;
}

/** Begins to watch a lab that is up. */
export async function openLiveSession(request: LiveRequest): Promise<LiveSession> {
  const { lab } = request;
  const live = await openLiveRun(request);
  const { session, run } = live;
  const trials = new LiveTrials(session, live.suite);

  let known: FaultInForce[] = await lab.journal.list();
  /** Faults that were there before: nobody saw how they began, so they belong to no trial. */
  const before = new Set(known.map(({ id }) => id));
  const notePower: NotePower = (node, on) => {
    session.record({ type: "power", node, on });
  };
  let last: Promise<unknown> = Promise.resolve();
  /** One thing after the other, whatever became of the one before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function injectNow(spec: FaultSpec): Promise<FaultInForce> {
    const active = activeOr(session, "");
    const nodes = resolveTarget(lab, faultOf(spec.kind), spec.target, active).map((node) => node.name);
    if (nodes.length === 0 && faultOf(spec.kind).targets === "nodes") activeNode(session);
    const fault = newFault(spec.kind, nodes, spec.params);
    known = [...known, fault];
    let told: Promise<void> = Promise.resolve();
    const noteProof = (proof: NonNullable<FaultInForce["proof"]>) => {
      const atUs = session.nowUs();
      fault.proof = proof;
      told = told.then(() => {
        trials.proof(proof, atUs);
      });
    };
    try {
      await breakNow(session.lab, fault, {
        noteActing() {
          told = trials.struck({ spec, nodes, params: spec.params, atUs: session.nowUs(), active });
        },
        noteProven(evidence) {
          noteProof({ bit: true, evidence });
        },
        notePower,
      });
      return fault;
    } catch (error) {
      noteProof({ bit: false, message: messageOf(error) });
      throw error;
    } finally {
      await told;
    }
  }

  async function healNow(id: string): Promise<void> {
    const fault = known.find((each) => each.id === id);
    if (!fault) {
      const hint = suggestName(
        id,
        known.map((each) => each.id),
      );
      throw new HachaosError("unknown-name", `no fault ${id} is in force`, { hint });
    }
    if (!before.has(id)) trials.healing();
    try {
      const evidence = await takeBack(session.lab, fault, notePower);
      forget(id, evidence);
    } catch (error) {
      if (!before.has(id)) trials.notHealed(error);
      throw error;
    }
  }

  function forget(id: string, evidence: string[]): void {
    known = known.filter((each) => each.id !== id);
    if (!before.delete(id)) trials.gone(evidence);
  }

  /** What others did since the last look. */
  async function lookAtJournal(): Promise<void> {
    const now = await lab.journal.list();
    for (const fault of now) {
      const seen = known.find(({ id }) => id === fault.id);
      if (!seen) await appeared(fault);
      if (!seen?.proof && fault.proof && !before.has(fault.id)) trials.proof(fault.proof, session.nowUs());
    }
    for (const { id, kind, nodes, params } of known.filter((fault) => !now.some(({ id: there }) => there === fault.id))) {
      for (const node of faultOf(kind).draw(lab, nodes, params).nodes) notePower(node, true);
      if (!before.has(id)) trials.healing();
      forget(id, ["its entry in the lab's journal is gone, which is struck off only when the undo is proven"]);
    }
    known = now;
  }

  async function appeared({ kind, nodes, params, since }: FaultInForce): Promise<void> {
    const target = faultOf(kind).targets === "network" ? "" : nodes.length === 1 ? (nodes[0] ?? "") : "all";
    const agoUs = Math.max(0, Date.now() - Date.parse(since)) * 1000;
    const atUs = session.nowUs() - agoUs;
    await trials.struck({ spec: { kind, target, params }, nodes, params, atUs, active: activeOr(session, "") });
    for (const node of faultOf(kind).draw(lab, nodes, params).nodes) session.record({ type: "power", node, on: false, atUs });
  }

  // An engine that does not answer for a moment is asked again; the observers tell when it is gone.
  const looking = setInterval(() => void inTurn(lookAtJournal).catch(() => undefined), JOURNAL_EVERY_MS);
  const forgetting = setInterval(() => {
    session.recent.begin();
  }, FORGET_EVERY_MS);

  return {
    lab,
    session,
    run,
    faults: () => known,
    inject: (spec) => inTurn(() => injectNow(spec)),
    heal: (id) => inTurn(() => healNow(id)),
    async close() {
      clearInterval(looking);
      clearInterval(forgetting);
      await last;
      await trials.close();
      return live.close();
    },
  };
}

function activeOr(session: Session, none: string): string {
  try {
    return activeNode(session);
  } catch {
    return none;
  }
}
