import type { EventOf, HistoryEvent } from "../history/event.js";

/** How much of the probes' past is kept in memory: three times the longest window somebody asks about. */
const KEEP_US = 10_000_000;
/** It is cut when it holds so many, twice what 100 probes a second leave in that time, so that not every probe pays for the cut. */
const CUT_AT = 2_000;

/** Far below what makes a trial invalid (timing/probe-quality.ts): what is late here is still warming up. */
const LATE_US = 50_000;

/**
 * The lab as the observers see it right now: the last word of each. The run uses it to decide when to go on;
 * verdicts are never drawn from it but from the stored history.
 */
export class LiveState {
  readonly #cluster = new Map<string, EventOf<"cluster">>();
  readonly #addresses = new Map<string, Set<string>>();
  readonly #carriers = new Map<string, boolean>();
  readonly #activeLegs = new Map<string, string | null>();
  readonly #links = new Map<string, boolean>();
  readonly #members = new Map<string, boolean>();
  readonly #running = new Map<string, boolean>();
  readonly #off = new Set<string>();
  #probes: EventOf<"http">[] = [];
  #periodMs = 0;

  apply(event: HistoryEvent): void {
    switch (event.type) {
      case "cluster":
        this.#cluster.set(event.node, event);
        return;
      case "address": {
        const on = this.#addresses.get(event.address) ?? new Set();
        if (event.present) on.add(event.node);
        else on.delete(event.node);
        this.#addresses.set(event.address, on);
        return;
      }
      case "link":
        this.#carriers.set(`${event.node}.${event.device}`, event.carrier);
        return;
      case "bond":
        this.#activeLegs.set(`${event.node}.${event.bond}`, event.active);
        return;
      case "corosync":
        (event.what === "link" ? this.#links : this.#members).set(`${event.node} ${event.peer} ${event.link ?? ""}`, event.up);
        return;
      case "power":
        if (event.on) this.#off.delete(event.node);
        else {
          this.#off.add(event.node);
          this.#forget(event.node);
        }
        return;
      case "observer":
        this.#running.set(`${event.name} ${event.node}`, event.running);
        return;
      case "http-probe":
        this.#periodMs = event.periodMs;
        return;
      case "http":
        this.#probes.push(event);
        if (this.#probes.length > CUT_AT) this.#probes = this.#probes.filter((probe) => probe.atUs > event.atUs - KEEP_US);
        return;
      default:
        return;
    }
  }

  /** What crm_mon last said on each node. */
  clusterViews(): EventOf<"cluster">[] {
    return [...this.#cluster.values()];
  }

  ownersOf(address: string): string[] {
    return [...(this.#addresses.get(address) ?? [])];
  }

  /** As it was last told; a node of which nothing was told has power. */
  hasPower(node: string): boolean {
    return !this.#off.has(node);
  }

  isRunning(observer: string, node: string): boolean {
    return this.#running.get(`${observer} ${node}`) ?? false;
  }

  carrier(node: string, device: string): boolean | undefined {
    return this.#carriers.get(`${node}.${device}`);
  }

  activeLeg(node: string, bond: string): string | null | undefined {
    return this.#activeLegs.get(`${node}.${bond}`);
  }

  /** corosync links and members that are not up, as each node tells it. */
  corosyncDown(): string[] {
    const down = (kind: string, states: Map<string, boolean>) =>
      [...states].filter(([, up]) => !up).map(([key]) => `${kind} ${key.trim()}`);
    return [...down("link", this.#links), ...down("member", this.#members)];
  }

  /** Nodes that answered lately, newest last: the probes sent in the `windowMs` before `nowUs` that have ended. */
  answers(nowUs: number, windowMs: number): EventOf<"http">[] {
    const fromUs = nowUs - windowMs * 1000;
    return this.#probes.filter((probe) => probe.atUs >= fromUs).sort((a, b) => a.atUs - b.atUs);
  }

  /**
   * The node that alone served every probe of the window; null when one failed, two served, or the probes ran too
   * thin to say (under 80 % of what their period gives).
   */
  steadyServer(nowUs: number, windowMs: number): string | null {
    const answers = this.answers(nowUs, windowMs);
    const servers = new Set(answers.map((probe) => (probe.outcome === "ok" ? probe.servedBy : null)));
    const [server] = servers;
    const enough = this.#periodMs > 0 && answers.length >= (windowMs / this.#periodMs) * 0.8;
    return servers.size === 1 && enough ? (server ?? null) : null;
  }

  /**
   * Whether the probes keep their schedule: of the second before the last one (whose requests have ended by now, good or bad)
   * nearly all were sent, and none late.
   */
  probesOnTime(nowUs: number): boolean {
    const sent = this.#probes.filter((probe) => probe.atUs >= nowUs - 2_000_000 && probe.atUs < nowUs - 1_000_000);
    const late = sent.filter((probe) => probe.atUs - probe.scheduledUs > LATE_US);
    return this.#periodMs > 0 && sent.length >= (1000 / this.#periodMs) * 0.9 && late.length === 0;
  }

  #forget(node: string): void {
    this.#cluster.delete(node);
    for (const owners of this.#addresses.values()) owners.delete(node);
    for (const states of [this.#carriers, this.#activeLegs])
      for (const key of states.keys()) if (key.startsWith(`${node}.`)) states.delete(key);
    for (const states of [this.#links, this.#members]) for (const key of states.keys()) if (key.startsWith(`${node} `)) states.delete(key);
  }
}
