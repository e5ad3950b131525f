import type { MarkResult, PhaseResult } from "../../check/results.js";
import type { SampleScenario } from "./sample-scenarios.js";

const [PRIMARY, STANDBY] = ["vm-node1", "vm-node2"];

/** When what happened in a trial, ms since the run started. */
export interface SampleTimes {
  injectMs: number;
  provenMs: number;
  darkFromMs: number;
  darkToMs: number;
  healMs: number;
  healedMs: number;
  failbackMs: number;
  backMs: number;
}

type Step = [
  name: string,
  endMs: number | null,
  source: string,
  node: string | null,
  text: string,
  floor?: readonly [number, number, string],
];

/** The phases of a failover, as the timing part would find them in the sample's events. Empty when the service did not move. */
export function samplePhases(scenario: SampleScenario, times: SampleTimes): PhaseResult[] {
  const { detection } = scenario;
  if (!detection) return [];
  const { provenMs, darkToMs } = times;
  const steps: Step[] = [
    ["fault", provenMs, "run", null, `${scenario.drawing.label}: read back from the node`],
    ["detection", provenMs + detection.atMs, detection.source, detection.node, detection.text, detection.floor],
    scenario.powerOff === null
      ? ["membership", null, "", null, "no membership changed", [0, 0, "every node stayed a member"]]
      : ["membership", provenMs + 6600, "corosync", STANDBY, "member vm-node1 down", [3600, 3600, "corosync.conf: consensus 3600"]],
    ["decision", darkToMs - 1500, "log", STANDBY, "notice: Actions: Move vip ( vm-node1 -> vm-node2 )"],
    scenario.powerOff === null
      ? ["stop", darkToMs - 1300, "address", PRIMARY, "192.168.1.60 removed from bond1", [0, 1000, "crm_mon: measured on an idle lab"]]
      : ["stop", null, "", null, "nothing to stop: vm-node1 has no power"],
    ["vip up", darkToMs - 700, "address", STANDBY, "192.168.1.60 added to bond1", [0, 500, "IPaddr2: start"]],
    ["arp", darkToMs - 665, "neighbour", "client", "192.168.1.60 is at 02:00:c0:a8:01:3e (vm-node2)"],
    ["service start", darkToMs - 70, "operation", STANDBY, "start of httpd on vm-node2: ok, took 0.43 s", [100, 1000, "apache: start"]],
    ["first answer", darkToMs, "probe", null, "answered again by vm-node2"],
    ["settle", darkToMs + 570, "cluster", STANDBY, "DC vm-node2; vip started on vm-node2; httpd started on vm-node2"],
  ];
  return follow(times.injectMs, { source: "run", atMs: times.injectMs, errorMs: 0, node: null, text: "injecting" }, steps, [
    times.darkFromMs,
    darkToMs,
  ]);
}

/** The same for the way back. */
export function sampleFailbackPhases(times: SampleTimes): PhaseResult[] {
  const { healMs, healedMs, failbackMs, backMs } = times;
  const steps: Step[] = [
    ["heal", healedMs, "run", null, "healed: undone and read back"],
    ["membership", null, "", null, "no membership changed"],
    ["decision", failbackMs - 200, "log", STANDBY, "notice: Actions: Move vip ( vm-node2 -> vm-node1 )"],
    ["stop", backMs - 1500, "address", STANDBY, "192.168.1.60 removed from bond1", [0, 1000, "crm_mon: measured on an idle lab"]],
    ["vip up", backMs - 900, "address", PRIMARY, "192.168.1.60 added to bond1", [0, 500, "IPaddr2: start"]],
    ["arp", backMs - 865, "neighbour", "client", "192.168.1.60 is at 02:00:c0:a8:01:3d (vm-node1)"],
    ["service start", backMs - 270, "operation", PRIMARY, "start of httpd on vm-node1: ok, took 0.43 s", [100, 1000, "apache: start"]],
    ["first answer", backMs, "probe", null, "answered again by vm-node1"],
    ["settle", backMs + 370, "cluster", PRIMARY, "DC vm-node2; vip started on vm-node1; httpd started on vm-node1"],
  ];
  return follow(healMs, { source: "run", atMs: healMs, errorMs: 0, node: null, text: "healing" }, steps, [failbackMs, backMs]);
}

function follow(startMs: number, first: MarkResult, steps: Step[], [darkFrom, darkTo]: [number, number]): PhaseResult[] {
  let [since, starts] = [startMs, first];
  return steps.map(([name, endMs, source, node, text, limits]): PhaseResult => {
    const floor = limits ? { leastMs: limits[0], mostMs: limits[1], source: limits[2] } : null;
    if (endMs === null)
      return { name, startMs: null, endMs: null, evidence: text, starts: null, ends: null, darkMs: 0, floor, excessMs: null };
    const ends: MarkResult = { source, atMs: endMs, errorMs: source === "operation" ? 250 : 0, node, text };
    const phase = {
      name,
      startMs: since,
      endMs,
      evidence: text,
      starts,
      ends,
      darkMs: Math.max(0, Math.min(endMs, darkTo) - Math.max(since, darkFrom)),
      floor,
      excessMs: floor ? Math.max(0, endMs - since - floor.mostMs) : null,
    };
    [since, starts] = [endMs, ends];
    return phase;
  });
}
