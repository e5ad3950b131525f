import { budgetFor, failbackBudgetFor } from "../cluster/budgets.js";
import { faultOf } from "../fault/registry.js";
import type { FaultSpec } from "../history/event.js";
import { messageOf } from "../kernel/errors.js";
import type { FaultProof } from "../lab/lab.js";
import { BEFORE_MS, STEADY_MS } from "../run/conductor.js";
import { waitForNormal } from "../run/heal-gate.js";
import type { Session, SessionEvent } from "../run/session.js";

/** A fault as it comes into force. */
export interface Struck {
  spec: FaultSpec;
  nodes: string[];
  params: FaultSpec["params"];
  /** On the run's axis. */
  atUs: number;
  /** Who served then; "" when nobody did. */
  active: string;
}

/**
 * What is done by hand, cut into trials, so that the same judge can say what the cluster made of it: one begins with the first fault in
 * force and ends when none is left and all is back to normal, or when the next fault comes before that.
 */
export class LiveTrials {
  readonly #session: Session;
  readonly #suite: string;
  readonly #counts = new Map<string, number>();
  #inForce = 0;
  #open: { expect: "same" | "standby"; before: string; limitUs: number; healed: boolean } | null = null;
  #goneUs = 0;
  #endedUs = 0;
  #gate: { stop: AbortController; over: Promise<void> } | null = null;

  constructor(session: Session, suite: string) {
    this.#session = session;
    this.#suite = suite;
  }

  /**
   * A fault acts from then on, and a trial that still waits for all to be normal was over then: what its last look has seen since is the new one's.
   * The time of another command's fault is read from its lease, to a second. It is never before the last fault was gone, or it would be that trial's.
   */
  async struck({ spec, nodes, params, atUs: toldUs, active }: Struck): Promise<void> {
    await this.#endGate(Math.max(toldUs, this.#goneUs));
    const atUs = Math.max(toldUs, this.#endedUs);
    if (this.#open === null) this.#begin(spec, nodes, atUs, active);
    this.#inForce += 1;
    const drawing = faultOf(spec.kind).draw(this.#session.lab, nodes, params);
    this.#session.record({ type: "fault-injecting", atUs, fault: spec, nodes, drawing });
  }

  /** It was read back, or it was not. */
  proof(proof: FaultProof, atUs: number): void {
    if (this.#open === null) return;
    this.#session.record(
      proof.bit ? { type: "fault-proven", atUs, evidence: proof.evidence } : { type: "fault-not-proven", atUs, message: proof.message },
    );
  }

  /** Somebody begins to take a fault back. */
  healing(): void {
    if (this.#open === null || this.#open.healed) return;
    this.#open.healed = true;
    const { expect, before, limitUs } = this.#open;
    const server = this.#session.live.steadyServer(this.#session.nowUs(), STEADY_MS);
    const settled = server !== null && (server === before) === (expect === "same");
    const lastSeen = server === null ? "the service does not answer steadily" : `${server} serves steadily`;
    // Healed before its time was over, a cluster that was still at work has broken no promise.
    if (settled || this.#session.nowUs() > limitUs) this.#session.record({ type: "observed", settled, lastSeen });
    this.#session.record({ type: "fault-healing" });
  }

  notHealed(error: unknown): void {
    if (this.#open !== null) this.#session.record({ type: "fault-not-healed", message: messageOf(error) });
  }

  /** A fault is gone, and that is proven. After the last one the trial goes on until all is normal again. */
  gone(evidence: string[]): void {
    if (this.#open === null) return;
    this.#inForce -= 1;
    if (this.#inForce > 0) return;
    this.#goneUs = this.#session.nowUs();
    this.#session.record({ type: "fault-healed", evidence, atUs: this.#goneUs });
    const stop = new AbortController();
    this.#gate = { stop, over: this.#waitForNormal(stop.signal) };
  }

  /** Nothing more will come; what is still in force stays so. */
  async close(): Promise<void> {
    await this.#endGate(this.#session.nowUs());
    if (this.#open !== null) this.#end("interrupted", "the session ended while a fault was in force", this.#session.nowUs());
  }

  #begin(spec: FaultSpec, nodes: string[], atUs: number, active: string): void {
    const { definition, facts } = this.#session.lab;
    const test = [spec.kind, ...(spec.target === "" ? [] : [spec.target])].join("-");
    const trial = (this.#counts.get(test) ?? 0) + 1;
    this.#counts.set(test, trial);
    const { targets, expects } = faultOf(spec.kind);
    const expect = targets === "network" || nodes.includes(active) ? expects : "same";
    const budget = budgetFor(definition, spec, facts.pace);
    this.#open = { expect, before: active, limitUs: atUs + budget.ms * 1000, healed: false };
    this.#inForce = 0;
    this.#session.record({
      type: "trial-started",
      atUs: Math.max(this.#endedUs, atUs - BEFORE_MS * 1000),
      suite: this.#suite,
      test,
      trial,
      fault: spec,
      expect: { servedBy: expect },
      budget,
      failbackBudget: failbackBudgetFor(definition, facts.pace),
    });
  }

  /** Whoever stops it ends the trial. */
  async #waitForNormal(signal: AbortSignal): Promise<void> {
    try {
      this.#session.record({ type: "gate", ...(await waitForNormal(this.#session, signal)) });
      this.#end("done", "", this.#session.nowUs());
    } catch (error) {
      if (!signal.aborted) this.#end("lost", messageOf(error), this.#session.nowUs());
    }
  }

  #end(status: Extract<SessionEvent, { type: "trial-ended" }>["status"], reason: string, atUs: number): void {
    this.#session.record({ type: "trial-ended", status, reason, atUs });
    this.#endedUs = atUs;
    this.#open = null;
  }

  async #endGate(atUs: number): Promise<void> {
    if (this.#gate === null) return;
    this.#gate.stop.abort();
    await this.#gate.over;
    this.#gate = null;
    if (this.#open !== null) this.#end("interrupted", "it was stopped before everything was back to normal", atUs);
  }
}
