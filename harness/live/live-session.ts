import { faultOf } from "../fault/registry.js";
import type { FaultSpec } from "../history/event.js";
import type { RunFolder } from "../history/run-store.js";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import type { FaultInForce, FaultProof, JournalEntry, Lab } from "../lab/lab.js";
import { LEASE_S, strike } from "../run/by-hand.js";
import { alone, type NotePower, type Witness } from "../run/faults-in-force.js";
import { healLab, type HealWitness } from "../run/heal-lab.js";
import type { Session } from "../run/session.js";
import { activeNode } from "../run/targets.js";
import { openLiveRun, type LiveOutcome, type LiveRequest } from "./live-run.js";
import { LiveTrials } from "./live-trials.js";

/** How often the journal is looked at for what other commands, or a lease, did to the lab. */
const JOURNAL_EVERY_MS = 1_000;

/** A lab that is up, watched, with everything that is done to it by hand in one history. */
export interface LiveSession {
  readonly lab: Lab;
  readonly session: Session;
  readonly run: RunFolder;
  /** The oldest first, as the journal had them at the last look. */
  faults(): readonly JournalEntry[];
  /** Breaks something and proves it; the entry holds the proof. One thing is done after the other. Throws `lab-dirty`, `fault-not-proven`, `unknown-name`. */
  inject(spec: FaultSpec): Promise<JournalEntry>;
  /**
   * Takes back those of these faults that are in force, the last one first, proves each and goes on when one fails. Throws `undo-not-proven`
   * with all failures, `unknown-name` when none is in force.
   */
  heal(ids: readonly string[], witness?: Partial<HealWitness>): Promise<void>;
  /** Stops watching, judges what was done and writes the report. The lab stays, and so do faults in force. */
  close(): Promise<LiveOutcome>;
}

/** Begins to watch a lab that is up. */
export async function openLiveSession(request: LiveRequest): Promise<LiveSession> {
  const { lab } = request;
  let known: JournalEntry[] = await lab.journal.list();
  const live = await openLiveRun(request);
  const { session, run } = live;
  const trials = new LiveTrials(session, live.suite);

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

  async function injectNow(spec: FaultSpec): Promise<JournalEntry> {
    const serving = activeOr(session, "");
    const role = spec.target === "active" || spec.target === "standby";
    const struck: JournalEntry[] = [];
    let told: Promise<void> = Promise.resolve();
    const noteProof = (proof: FaultProof) => {
      const atUs = session.nowUs();
      for (const entry of struck) entry.proof = proof;
      told = told.then(() => {
        trials.proof(proof, atUs);
      });
    };
    const witness = (fault: FaultInForce): Witness => {
      const entry = { ...fault, leftS: fault.leaseS, dirty: null, proof: null };
      return {
        noteActing() {
          struck.push(entry);
          known = [...known, entry];
          told = trials.struck({ spec, nodes: fault.nodes, params: spec.params, atUs: session.nowUs(), active: serving });
        },
        noteProven(evidence) {
          noteProof({ bit: true, evidence });
        },
        notePower,
      };
    };
    try {
      const active = async () => (role ? activeNode(session) : serving);
      const { id } = await strike(session.lab, { spec, leaseS: LEASE_S, active, witness });
      return struck.find((entry) => entry.id === id) as JournalEntry;
    } catch (error) {
      // Before it was in the journal, nothing was broken.
      if (struck.length > 0) noteProof({ bit: false, message: messageOf(error) });
      throw error;
    } finally {
      await told;
    }
  }

  async function healNow(ids: readonly string[], witness: Partial<HealWitness>): Promise<void> {
    const faults = known.filter(({ id }) => ids.includes(id));
    if (faults.length === 0) throw noneInForce(ids, known);
    const ours: HealWitness = {
      healing(id) {
        if (!before.has(id)) trials.healing();
        witness.healing?.(id);
      },
      healed(id, evidence) {
        forget(id, evidence);
        witness.healed?.(id, evidence);
      },
      notHealed(id, error) {
        if (!before.has(id)) trials.notHealed(error);
        witness.notHealed?.(id, error);
      },
      notePower,
    };
    await alone(session.lab, `heal ${ids.join(" ")}`, () => healLab(session.lab, faults, { traces: false }, ours));
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

  async function appeared({ kind, nodes, params, leaseS, leftS }: JournalEntry): Promise<void> {
    const target = faultOf(kind).targets === "network" ? "" : nodes.length === 1 ? (nodes[0] ?? "") : "all";
    const atUs = Math.round(session.nowUs() - (leaseS - leftS) * 1e6);
    await trials.struck({ spec: { kind, target, params }, nodes, params, atUs, active: activeOr(session, "") });
    for (const node of faultOf(kind).draw(lab, nodes, params).nodes) session.record({ type: "power", node, on: false, atUs });
  }

  // An engine that does not answer for a moment is asked again; the observers tell when it is gone.
  const looking = setInterval(() => void inTurn(lookAtJournal).catch(() => undefined), JOURNAL_EVERY_MS);

  return {
    lab,
    session,
    run,
    faults: () => known,
    inject: (spec) => inTurn(() => injectNow(spec)),
    heal: (ids, witness = {}) => inTurn(() => healNow(ids, witness)),
    async close() {
      clearInterval(looking);
      await last;
      await trials.close();
      return live.close();
    },
  };
}

/** What to say when none of these faults is there to be taken back. */
export function noneInForce(ids: readonly string[], faults: readonly FaultInForce[]): HachaosError {
  const known = faults.map(({ id }) => id);
  return new HachaosError("unknown-name", `no fault ${ids.join(", ")} is in force`, { hint: suggestName(ids[0] ?? "", known) });
}

function activeOr(session: Session, none: string): string {
  try {
    return activeNode(session);
  } catch {
    return none;
  }
}
