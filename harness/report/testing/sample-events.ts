import type { EventOf, HistoryEvent, ProbeOutcome } from "../../history/event.js";
import type { SampleScenario } from "./sample-scenarios.js";

const lab = "lab1";
const NODES = ["vm-node1", "vm-node2"] as const;
const VIP = "192.168.1.60";
const PERIOD_MS = 25;
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
    add(startMs + LEAD_MS, { type: "fault-injecting", fault: scenario.fault, nodes: scenario.nodes ?? [NODES[0]], drawing });
    if (invalid) add(proven + 5000, { type: "fault-not-proven", message: "eth2 of vm-node1 still has carrier" });
    else add(proven, { type: "fault-proven", evidence: [`${scenario.drawing.label}: read back from the node`] });
    add(healing - 500, { type: "observed", settled: scenario.gapMs !== null, lastSeen: `${scenario.moves ? NODES[1] : NODES[0]} serves` });
    add(healing, { type: "fault-healing" });
    add(healed, { type: "fault-healed", evidence: ["undone and read back"] });
  }
  const darkFrom = proven + scenario.darkAfter;
  const darkTo = scenario.gapMs === null ? healed : darkFrom + scenario.gapMs;
  let [total, failed] = [0, 0];
  for (let atMs = startMs; atMs < endMs; atMs += PERIOD_MS, total++) {
    const first =
      scenario.fault && scenario.gapMs !== 0 && atMs >= darkFrom && atMs < darkTo
        ? (scenario.outcomes.find(([until]) => atMs - darkFrom < until)?.[1] ?? "timeout")
        : null;
    const second = scenario.failbackMs > 0 && atMs >= failback && atMs < failback + scenario.failbackMs ? "refused" : null;
    const outcome: ProbeOutcome = first ?? second ?? "ok";
    if (outcome !== "ok") failed++;
    const server = scenario.moves && atMs >= darkTo && atMs < failback ? NODES[1] : NODES[0];
    const took = outcome === "timeout" ? TIMEOUT_MS : 1 + ((total * 7) % 11) / 10;
    add(atMs, {
      type: "http",
      endUs: Math.round((atMs + took) * 1000),
      scheduledUs: Math.round(atMs * 1000),
      outcome,
      status: outcome === "ok" ? 200 : null,
      servedBy: outcome === "ok" ? server : null,
      error: outcome === "ok" ? null : `connect ${outcome} ${VIP}:80`,
    });
  }
  if (scenario.moves) {
    moveVip(add, NODES[0], NODES[1], darkTo - 700, scenario.powerOff === null);
    moveVip(add, NODES[1], NODES[0], failback + scenario.failbackMs - 900, true);
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
    probes: { total, failed },
  };
}

export type Unplaced = { [T in HistoryEvent["type"]]: Omit<EventOf<T>, "atUs" | "lab"> }[HistoryEvent["type"]];
type Add = (atMs: number, event: Unplaced) => void;

/** What the observers find when they start: everything on vm-node1, every link up. */
export function initialStates(add: Add, atMs: number, node: string): void {
  const peer = node === NODES[0] ? NODES[1] : NODES[0];
  if (node === NODES[0]) add(atMs, { type: "address", node, address: VIP, device: "bond1", present: true, initial: true });
  for (const device of ["eth0", "eth1", "eth2", "eth3", "bond0", "bond1"])
    add(atMs, { type: "link", node, device, carrier: true, initial: true });
  add(atMs, { type: "bond", node, bond: "bond0", active: "eth0", initial: true });
  add(atMs, { type: "bond", node, bond: "bond1", active: "eth2", initial: true });
  add(atMs, { type: "corosync", node, what: "member", peer, link: null, up: true, initial: true });
  for (const link of [0, 1]) add(atMs, { type: "corosync", node, what: "link", peer, link, up: true, initial: true });
  add(atMs, crmMon(node, NODES[0], NODES[1]));
}

function moveVip(add: Add, from: string, to: string, atMs: number, graceful: boolean): void {
  if (graceful) add(atMs - 600, { type: "address", node: from, address: VIP, device: "bond1", present: false, initial: false });
  add(atMs, { type: "address", node: to, address: VIP, device: "bond1", present: true, initial: false });
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
