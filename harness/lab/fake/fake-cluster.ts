import { EventEmitter } from "node:events";
import type { ClusterDefinition } from "../../cluster/definition.js";
import { pingResource, serviceResource, vipResource } from "../../cluster/resources.js";
import { portOf, topologyOf } from "../../cluster/topology.js";

/** How long the pretended daemons take, ms: a fraction of the real ones, so that tests run in seconds. */
const DELAY = { monitor: 120, token: 150, ping: 200, move: 60, failback: 80 };

/**
 * A cluster that exists only in memory and obeys the definition: it notices a dead server only when there is a
 * recurring monitor, restarts it in place without a migration-threshold, ignores the gateway without a rule, and
 * comes back only when a location says so. `changes` tells whenever an observer could see something new.
 */
export class FakeCluster {
  readonly changes = new EventEmitter<{ change: [] }>();
  readonly definition: ClusterDefinition;
  readonly on = new Map<string, boolean>();
  readonly serverAlive = new Map<string, boolean>();
  readonly cut = new Set<string>();
  /** NICs, as node.nic, whose frames get lost though their cable is whole. */
  readonly mute = new Set<string>();
  readonly gatewayBlocked = new Set<string>();
  readonly failed = new Set<string>();
  /** Node that holds the address; null while it moves. */
  vipOn: string | null;
  /** Node on which the cluster believes the server runs. */
  serverOn: string | null;
  #timers = new Set<NodeJS.Timeout>();

  constructor(definition: ClusterDefinition) {
    this.definition = definition;
    const [first = ""] = this.nodes();
    for (const node of this.nodes()) this.on.set(node, true);
    this.vipOn = this.#preferred() ?? first;
    this.serverOn = this.vipOn;
    this.serverAlive.set(this.serverOn, true);
  }

  nodes(): string[] {
    return this.definition.nodes.map((node) => node.name);
  }

  killServer(node: string): void {
    this.serverAlive.set(node, false);
    if (this.#hasMonitor()) {
      this.#later(DELAY.monitor, () => {
        this.#serverFailed(node);
      });
    }
  }

  setPower(node: string, on: boolean): void {
    this.on.set(node, on);
    if (!on) {
      this.serverAlive.set(node, false);
      if (this.vipOn === node) this.vipOn = null;
      if (this.serverOn === node) this.serverOn = null;
      this.#later(DELAY.token, () => {
        this.#place();
      });
    } else {
      this.#later(DELAY.failback, () => {
        this.#place();
      });
    }
    this.changes.emit("change");
  }

  setGateway(nodes: string[]): void {
    this.gatewayBlocked.clear();
    for (const node of nodes) this.gatewayBlocked.add(node);
    this.#later(DELAY.ping, () => {
      this.#place();
    });
  }

  /** `crm_resource --refresh`: forgets failures and looks for what really runs. */
  refresh(): void {
    this.failed.clear();
    if (this.serverOn !== null && !this.serverAlive.get(this.serverOn)) this.serverAlive.set(this.serverOn, true);
    this.#later(DELAY.failback, () => {
      this.#place();
    });
  }

  answers(): { servedBy: string | null } | null {
    const { vipOn } = this;
    if (vipOn === null || !this.on.get(vipOn)) return null;
    return { servedBy: this.serverAlive.get(vipOn) ? vipOn : null };
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.changes.removeAllListeners();
  }

  #serverFailed(node: string): void {
    const threshold = serviceResource(this.definition)?.meta["migration-threshold"];
    if (threshold === undefined) this.serverAlive.set(node, true);
    else this.failed.add(node);
    this.#place();
  }

  /** Puts address and server where the definition wants them now, with a moment in between in which neither runs. */
  #place(): void {
    const wanted = this.#bestNode();
    if (wanted === this.vipOn) {
      this.changes.emit("change");
      return;
    }
    const from = this.serverOn;
    this.vipOn = null;
    this.serverOn = null;
    if (from !== null) this.serverAlive.set(from, false);
    this.changes.emit("change");
    this.#later(DELAY.move, () => {
      this.vipOn = wanted;
      this.serverOn = wanted;
      if (wanted !== null) this.serverAlive.set(wanted, true);
      this.changes.emit("change");
    });
  }

  #bestNode(): string | null {
    const able = this.nodes().filter((node) => this.on.get(node) && !this.failed.has(node) && !this.#lacksGateway(node));
    const preferred = this.#preferred();
    if (preferred !== null && able.includes(preferred)) return preferred;
    return this.vipOn !== null && able.includes(this.vipOn) ? this.vipOn : (able[0] ?? null);
  }

  #lacksGateway(node: string): boolean {
    const rule = this.definition.pacemaker.crm.locations.some((location) => location.rule?.includes("pingd") ?? false);
    return rule && pingResource(this.definition) !== null && this.gatewayBlocked.has(node);
  }

  #preferred(): string | null {
    const vip = vipResource(this.definition)?.id;
    return this.definition.pacemaker.crm.locations.find((location) => location.resource === vip && location.node !== null)?.node ?? null;
  }

  #hasMonitor(): boolean {
    return serviceResource(this.definition)?.ops.some((op) => op.name === "monitor" && op.intervalMs > 0) ?? false;
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}

export function macsOf(cluster: FakeCluster, host: string): Record<string, string> {
  const topology = topologyOf(cluster.definition);
  return Object.fromEntries(cluster.definition.bonds.flatMap((bond) => bond.nics).map((nic) => [nic, portOf(topology, host, nic).mac]));
}
