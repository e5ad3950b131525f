import type { Budget } from "../../cluster/budget.js";
import type { ClusterDefinition } from "../../cluster/definition.js";
import type { EventOf, FaultSpec, HistoryEvent, ProbeOutcome } from "../event.js";
import type { NewEvent } from "../history-writer.js";
import type { History } from "../read-history.js";
import { NODE_OBSERVER } from "../views/observers.js";
import { sampleDefinition } from "./sample-definition.js";

/** Where each resource runs: one node, several, or null for stopped. */
export type Places = Record<string, string | string[] | null>;
export interface TrialOptions {
  test?: string;
  suite?: string;
  trial?: number;
  fault?: FaultSpec | null;
  servedBy?: "same" | "standby";
  budgetMs?: number;
  failbackBudgetMs?: number;
}
interface ClusterOptions {
  /** Nodes whose crm_mon says so; by default all that have power. */
  from?: string[];
  blocked?: string[];
  failCounts?: EventOf<"cluster">["failCounts"];
}

/** Period of the real HTTP probe: 40 a second. */
const PERIOD_US = 25_000;
/** How long a request takes, by outcome: answers and refusals take a round trip, a timeout the probe's limit. */
const TOOK_US: Partial<Record<ProbeOutcome, number>> = { timeout: 1_000_000 };

/**
 * Writes a history as if it had happened: every method acts at the clock's now, and `serve`, `dark` and `silence` move the clock on.
 * It begins with a run, a suite, and two nodes watched and at rest, everything on vm-node1.
 */
export function aRun(options: { definition?: ClusterDefinition; lab?: string; suite?: string } = {}) {
  const definition = options.definition ?? sampleDefinition();
  const lab = options.lab ?? "lab-1";
  const suite = options.suite ?? "failover";
  const nodes = definition.nodes.map((node) => node.name);
  const powered = new Set(nodes);
  const events: HistoryEvent[] = [];
  let [nowUs, nextProbeUs] = [0, 0];
  let trial: Required<TrialOptions> | null = null;

  const add = (event: NewEvent) => {
    events.push({ ...event, atUs: event.atUs ?? nowUs });
    return run;
  };
  const request = (outcome: ProbeOutcome, servedBy: string | null) => {
    const endUs = nextProbeUs + (TOOK_US[outcome] ?? 2_000);
    const status = outcome === "ok" ? 200 : null;
    add({ type: "http", lab, atUs: nextProbeUs, endUs, scheduledUs: nextProbeUs, outcome, status, servedBy, error: null });
  };
  const advance = (ms: number, probe: () => void) => {
    nowUs += Math.round(ms * 1000);
    for (; nextProbeUs < nowUs; nextProbeUs += PERIOD_US) probe();
    return run;
  };

  const run = {
    /** Any other event, now. */
    add,
    nowMs: () => nowUs / 1000,
    serve: (node: string, ms: number) =>
      advance(ms, () => {
        request("ok", node);
      }),
    dark: (ms: number, outcome: Exclude<ProbeOutcome, "ok"> = "refused") =>
      advance(ms, () => {
        request(outcome, null);
      }),
    /** Time without probes. */
    silence: (ms: number) => advance(ms, () => undefined),

    trial: (asked: TrialOptions = {}) => {
      const { test = "apache-kill", trial: number = 1 } = asked;
      const {
        fault = { kind: test, target: "active", params: {} },
        servedBy = "standby",
        budgetMs = 30_000,
        failbackBudgetMs = 10_000,
      } = asked;
      trial = { suite, test, trial: number, fault, servedBy, budgetMs, failbackBudgetMs, ...asked };
      const budget = budgetOf(budgetMs);
      const failbackBudget = budgetOf(failbackBudgetMs);
      return add({
        type: "trial-started",
        lab,
        suite: trial.suite,
        test,
        trial: number,
        fault,
        expect: { servedBy },
        budget,
        failbackBudget,
      });
    },
    /** Injected and proven at once. */
    inject: (drawing: Partial<EventOf<"fault-injecting">["drawing"]> = {}) => {
      run.injectOnly(drawing);
      return add({ type: "fault-proven", lab, evidence: ["read back from the node"] });
    },
    injectOnly: (drawing: Partial<EventOf<"fault-injecting">["drawing"]> = {}) => {
      const fault = trial?.fault ?? { kind: "none", target: "", params: {} };
      const drawn = { label: fault.kind, colour: "red", nodes: [], nics: [], processes: [], gatewayFrom: [], ...drawing };
      return add({ type: "fault-injecting", lab, fault, nodes: ["vm-node1"], drawing: drawn });
    },
    observed: () => add({ type: "observed", lab, settled: true, lastSeen: "served" }),
    heal: () => add({ type: "fault-healing", lab }),
    healed: () => add({ type: "fault-healed", lab, evidence: ["read back from the node"] }),
    gate: (missing: string[] = []) => add({ type: "gate", lab, passed: missing.length === 0, missing, waitedMs: 3000 }),
    end: (status: EventOf<"trial-ended">["status"] = "done", reason = "") => add({ type: "trial-ended", lab, status, reason }),

    vip: (node: string, present: boolean) =>
      add({ type: "address", lab, node, address: definition.service.address, device: "bond1", present, initial: false }),
    cluster: (places: Places, more: ClusterOptions = {}) => {
      for (const node of more.from ?? powered) add(clusterEvent(lab, node, { places, powered, nodes, ...more }));
      return run;
    },
    observer: (node: string, running: boolean, reason = "") => add({ type: "observer", lab, name: NODE_OBSERVER, node, running, reason }),
    powerOff: (node: string) => {
      powered.delete(node);
      add({ type: "power", lab, node, on: false });
      return run.observer(node, false, "power off");
    },
    powerOn: (node: string) => {
      powered.add(node);
      return add({ type: "power", lab, node, on: true });
    },
    /** The node's observers begin and tell what they find. */
    watch: (node: string, holdsVip: boolean) => {
      run.observer(node, true);
      const own = definition.nodes.find((other) => other.name === node)?.addresses["bond1"] ?? "";
      for (const address of holdsVip ? [own, definition.service.address] : [own]) {
        add({ type: "address", lab, node, address, device: "bond1", present: true, initial: true });
      }
      return run;
    },
    /** Ends suite and run. */
    close: () => {
      add({ type: "suite-ended", lab, suite });
      return add({ type: "run-ended", load1: 0.5 });
    },
    events: () => events,
    history: (): History => ({ events: [...events].sort((a, b) => a.atUs - b.atUs), truncated: null, unknownTypes: {} }),
    ndjson: () => events.map((event) => `${JSON.stringify(event)}\n`).join(""),
  };

  add(runStarted());
  add({ type: "suite-started", lab, suite, definition });
  add(labReady(lab));
  add({ type: "http-probe", lab, url: definition.service.url, periodMs: PERIOD_US / 1000, timeoutMs: 1000 });
  for (const [index, node] of nodes.entries()) run.watch(node, index === 0);
  return run.cluster(onNode(nodes[0] ?? ""));
}

/** Both resources of the maquette on one node. */
export function onNode(node: string): Places {
  return { vip: node, httpd: node };
}

function clusterEvent(
  lab: string,
  node: string,
  given: ClusterOptions & { places: Places; powered: Set<string>; nodes: string[] },
): NewEvent {
  const state = { online: true, unclean: false, standby: false, attributes: { pingd: "1000" } };
  return {
    type: "cluster",
    lab,
    node,
    dc: node,
    quorate: true,
    nodes: given.nodes.map((name) => ({ name, ...state, online: given.powered.has(name) })),
    resources: Object.entries(given.places).map(([id, place]) => {
      const places = place === null ? [] : [place].flat();
      const role = places.length === 0 ? "Stopped" : "Started";
      return { id, role, nodes: places, failed: false, blocked: given.blocked?.includes(id) ?? false, managed: true };
    }),
    failCounts: given.failCounts ?? [],
    bans: [],
  };
}

function runStarted(): NewEvent {
  const host = { kernel: "6.1.0", cpus: 2, memoryMb: 4096, load1: 0.2, node: "v20.19.0", hachaos: "0.1.0" };
  return {
    type: "run-started",
    schema: "hachaos/history@1",
    runId: "2026-01-02T03-04-05-abcd",
    startedAt: "2026-01-02T03:04:05.000Z",
    baseUs: 1_000_000,
    pid: 1,
    seed: 1,
    provider: "fake",
    argv: ["run", "suites/failover"],
    host,
  };
}

function labReady(lab: string): NewEvent {
  return {
    type: "lab-ready",
    lab,
    bonding: "kernel",
    engine: "fake",
    image: "sha256:0",
    versions: { corosync: "3.1.7", pacemaker: "2.1.5", apache2: "2.4.62", debian: "12" },
    mechanisms: {},
    nodes: {},
    missing: [],
  };
}

function budgetOf(ms: number): Budget {
  return { ms, terms: [{ name: "all", ms, source: "test" }], source: "computed", floorMs: ms, warning: null };
}
