import type { EventOf, HistoryEvent, ProbeOutcome } from "../../history/event.js";
import type { SampleTimes } from "./sample-phases.js";
import type { SampleScenario } from "./sample-scenarios.js";

const lab = "lab1";
const NODES = ["vm-node1", "vm-node2"] as const;
const VIP = "192.168.1.60";
export const PERIOD_MS = 25;
export const KEPT_PERIOD_MS = 100;
export const MACS: Record<string, string> = { "vm-node1": "02:00:c0:a8:01:3d", "vm-node2": "02:00:c0:a8:01:3e" };
/** The probe's own timeout in the sample. */
const TIMEOUT_MS = 500;
const LEAD_MS = 5000;

export interface SampleTrial {
  events: HistoryEvent[];
  startMs: number;
  provenMs: number | null;
  healMs: number | null;
  endMs: number;
  probes: { total: number; failed: number };
  kept: { total: number; failed: number; connections: number };
  times: SampleTimes;
}

/** The events of one trial that starts at `startMs`, written as the real observers would. */
export function sampleTrial(scenario: SampleScenario, startMs: number): SampleTrial {
  const events: HistoryEvent[] = [];
  const add = (atMs: number, event: Unplaced): void => void events.push({ ...event, atUs: Math.round(atMs * 1000), lab } as HistoryEvent);
  const proven = startMs + LEAD_MS + 150;
  const healing = proven + scenario.holdMs;
  const healed = healing + 400;
  const failback = scenario.moves ? healed + 3000 : healed;
  const endMs = failback + scenario.failbackMs + 5000;
  const invalid = scenario.verdict === "invalid";
  if (scenario.fault) {
    const drawing = { nodes: [], nics: [], processes: [], gatewayFrom: [], ...scenario.drawing };
    const [process] = scenario.drawing.processes ?? [];
    if (process) add(startMs + LEAD_MS + 40, command(NODES[0], ["pkill", "--signal", "KILL", "--exact", "apache2"]));
    if (process) add(startMs + LEAD_MS + 110, command(NODES[0], ["sh", "-c", "! pgrep --exact apache2; echo 'gone'"]));
    add(startMs + LEAD_MS, { type: "fault-injecting", fault: scenario.fault, nodes: scenario.nodes ?? [NODES[0]], drawing });
    if (invalid) add(proven + 5000, { type: "fault-not-proven", message: "eth2 of vm-node1 still has carrier" });
    else add(proven, { type: "fault-proven", evidence: [`${scenario.drawing.label}: read back from the node`] });
    add(healing - 500, { type: "observed", settled: scenario.gapMs !== null, lastSeen: `${scenario.moves ? NODES[1] : NODES[0]} serves` });
    add(healing, { type: "fault-healing" });
    add(healed, { type: "fault-healed", evidence: ["undone and read back"] });
  }
  const darkFrom = proven + scenario.darkAfter;
  const darkTo = scenario.gapMs === null ? healed : darkFrom + scenario.gapMs;
  const outcomeAt = (atMs: number): ProbeOutcome => {
    const first =
      scenario.fault && scenario.gapMs !== 0 && atMs >= darkFrom && atMs < darkTo
        ? (scenario.outcomes.find(([until]) => atMs - darkFrom < until)?.[1] ?? "timeout")
        : null;
    const second = scenario.failbackMs > 0 && atMs >= failback && atMs < failback + scenario.failbackMs ? "refused" : null;
    return first ?? second ?? "ok";
  };
  const serverAt = (atMs: number): string => (scenario.moves && atMs >= darkTo && atMs < failback ? NODES[1] : NODES[0]);
  const probes = { total: 0, failed: 0 };
  for (let atMs = startMs; atMs < endMs; atMs += PERIOD_MS) {
    const outcome = outcomeAt(atMs);
    probes.total++;
    if (outcome !== "ok") probes.failed++;
    const took = outcome === "timeout" ? TIMEOUT_MS : 1 + ((probes.total * 7) % 11) / 10;
    add(atMs, {
      type: "http",
      endUs: Math.round((atMs + took) * 1000),
      scheduledUs: Math.round(atMs * 1000),
      outcome,
      status: outcome === "ok" ? 200 : null,
      servedBy: outcome === "ok" ? serverAt(atMs) : null,
      error: outcome === "ok" ? null : `connect ${outcome} ${VIP}:80`,
    });
  }
  const kept = { total: 0, failed: 0, connections: 1 };
  for (let atMs = startMs + 3; atMs < endMs; atMs += KEPT_PERIOD_MS) {
    const outcome = outcomeAt(atMs);
    const ok = outcome === "ok";
    kept.total++;
    if (!ok) [kept.failed, kept.connections] = [kept.failed + 1, kept.connections + 1];
    add(atMs, {
      type: "http-kept",
      endUs: Math.round((atMs + 2) * 1000),
      scheduledUs: Math.round(atMs * 1000),
      outcome,
      servedBy: ok ? serverAt(atMs) : null,
      error: ok ? null : `connect ${outcome} ${VIP}:80`,
      connection: kept.connections,
    });
  }
  for (let atMs = startMs + 1000; atMs < endMs; atMs += 1000) {
    add(atMs, { type: "agent-load", node: "client", name: "probe", overMs: 1000, cpuMs: 31, lagMs: 2.4 });
    add(atMs, { type: "agent-load", node: NODES[0], name: "observer", overMs: 1000, cpuMs: 4, lagMs: 1.1 });
  }
  if (scenario.moves) {
    moveVip(add, NODES[0], NODES[1], darkTo - 700, scenario.powerOff === null);
    moveVip(add, NODES[1], NODES[0], failback + scenario.failbackMs - 900, true);
    if (scenario.detection?.source === "log" && scenario.powerOff === null)
      add(darkTo - 1500, {
        type: "log",
        node: NODES[1],
        source: "pacemaker-schedulerd",
        text: "notice: Actions: Move vip ( vm-node1 -> vm-node2 )",
      });
  }
  for (const { node, nic, bond, leg, atMs } of scenario.carriers) {
    if (invalid) continue;
    add(proven + atMs, { type: "link", node, device: nic, carrier: false, initial: false });
    add(proven + atMs + 205, { type: "bond", node, bond, active: leg, initial: false });
    add(healed - 100, { type: "link", node, device: nic, carrier: true, initial: false });
    if (leg === null) add(healed + 110, { type: "bond", node, bond, active: "eth0", initial: false });
  }
  for (const { link, atMs } of scenario.links) {
    for (const [node, peer] of scenario.powerOff === null
      ? ([
          [NODES[0], NODES[1]],
          [NODES[1], NODES[0]],
        ] as const)
      : ([[NODES[1], NODES[0]]] as const)) {
      add(proven + atMs, { type: "corosync", node, what: "link", peer, link, up: false, initial: false });
      add(healed + 1500, { type: "corosync", node, what: "link", peer, link, up: true, initial: false });
    }
  }
  if (scenario.powerOff !== null) powerCycle(add, scenario.powerOff, proven, healed);
  const { detection } = scenario;
  if (detection && scenario.drawing.processes) add(proven + detection.atMs + 20, operation(detection.node, "httpd", "monitor", 12, 7));
  for (const [atMs, node, source, text] of scenario.logs) add(proven + atMs, { type: "log", node, source, text });
  for (let at = startMs + 900; at < endMs; at += 4700)
    add(at, {
      type: "log",
      node: NODES[Math.round(at) % 2] ?? NODES[0],
      source: "pacemaker-controld",
      text: "info: Periodic cluster recheck",
    });
  add(endMs - 200, { type: "gate", passed: true, missing: [], waitedMs: 2400 });
  return {
    events,
    startMs,
    provenMs: scenario.fault && !invalid ? proven : null,
    healMs: scenario.fault ? healing : null,
    endMs,
    probes,
    kept,
    times: {
      injectMs: startMs + LEAD_MS,
      provenMs: proven,
      darkFromMs: darkFrom,
      darkToMs: darkTo,
      healMs: healing,
      healedMs: healed,
      failbackMs: failback,
      backMs: failback + scenario.failbackMs,
    },
  };
}

export type Unplaced = { [T in HistoryEvent["type"]]: Omit<EventOf<T>, "atUs" | "lab"> }[HistoryEvent["type"]];
type Add = (atMs: number, event: Unplaced) => void;

/** What the observers find when they start: everything on vm-node1, every link up. */
export function initialStates(add: Add, atMs: number, node: string): void {
  const peer = node === NODES[0] ? NODES[1] : NODES[0];
  if (node === NODES[0]) add(atMs, { type: "neighbour", node: "client", address: VIP, mac: MACS[node] ?? null, initial: true });
  if (node === NODES[0]) add(atMs, { type: "address", node, address: VIP, device: "bond1", present: true, initial: true });
  for (const device of ["eth0", "eth1", "eth2", "eth3", "bond0", "bond1"])
    add(atMs, { type: "link", node, device, carrier: true, initial: true });
  add(atMs, { type: "bond", node, bond: "bond0", active: "eth0", initial: true });
  add(atMs, { type: "bond", node, bond: "bond1", active: "eth2", initial: true });
  add(atMs, { type: "corosync", node, what: "member", peer, link: null, up: true, initial: true });
  for (const link of [0, 1]) add(atMs, { type: "corosync", node, what: "link", peer, link, up: true, initial: true });
  add(atMs, crmMon(node, NODES[0], NODES[1]));
}

function command(node: string, argv: string[]): Unplaced {
  return { type: "command", node, argv, exitCode: 0, ms: 41.3 };
}

function operation(on: string, resource: string, task: string, execMs: number, rc = 0): Unplaced {
  const rcText = rc === 0 ? "ok" : "not running";
  return {
    type: "operation",
    node: NODES[1],
    resource,
    on,
    task,
    intervalMs: task === "monitor" ? 10_000 : 0,
    rc,
    rcText,
    call: 31,
    execMs,
    queueMs: 0,
    changedAtS: null,
    initial: false,
  };
}

function moveVip(add: Add, from: string, to: string, atMs: number, graceful: boolean): void {
  if (graceful) add(atMs - 600, { type: "address", node: from, address: VIP, device: "bond1", present: false, initial: false });
  add(atMs, { type: "address", node: to, address: VIP, device: "bond1", present: true, initial: false });
  add(atMs + 35, { type: "neighbour", node: "client", address: VIP, mac: MACS[to] ?? null, initial: false });
  if (graceful) {
    add(atMs - 690, operation(from, "httpd", "stop", 380));
    add(atMs - 590, operation(from, "vip", "stop", 60));
  }
  add(atMs + 20, operation(to, "vip", "start", 90));
  add(atMs + 630, operation(to, "httpd", "start", 430));
  add(atMs + 700, operation(to, "httpd", "monitor", 30));
  for (const node of NODES) add(atMs - 590, crmMon(node, null, NODES[1]));
  for (const node of NODES) add(atMs + 640, crmMon(node, to, NODES[1]));
}

function powerCycle(add: Add, node: string, offMs: number, onMs: number): void {
  add(offMs, { type: "power", node, on: false });
  add(offMs + 6600, { type: "corosync", node: NODES[1], what: "member", peer: node, link: null, up: false, initial: false });
  add(onMs, { type: "power", node, on: true });
  initialStates(
    (atMs, event) => {
      if (event.type !== "address" && event.type !== "cluster") add(atMs, event);
    },
    onMs + 900,
    node,
  );
  add(onMs + 1400, { type: "corosync", node: NODES[1], what: "member", peer: node, link: null, up: true, initial: false });
}

function crmMon(node: string, holder: string | null, dc: string): Unplaced {
  const resource = (id: string): EventOf<"cluster">["resources"][number] => ({
    id,
    role: holder ? "Started" : "Stopped",
    nodes: holder ? [holder] : [],
    failed: false,
    blocked: false,
    managed: true,
  });
  return {
    type: "cluster",
    node,
    dc,
    quorate: true,
    failCounts: [],
    bans: [],
    nodes: NODES.map((name) => ({ name, online: true, unclean: false, standby: false, attributes: { pingd: "1000" } })),
    resources: [resource("vip"), resource("httpd")],
  };
}
