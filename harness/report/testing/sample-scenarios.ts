import type { Advice, ConstraintVerdict, Verdict } from "../../check/results.js";
import type { Drawing, ProbeOutcome } from "../../history/event.js";

/** One trial of the sample run: what is broken, when clients see it, and what the daemons say. Offsets are ms after the proof. */
export interface SampleScenario {
  test: string;
  fault: { kind: string; target: string; params: Record<string, string | number | boolean> } | null;
  /** Nodes the fault acts on; by default vm-node1. */
  nodes?: string[];
  drawing: Partial<Drawing> & { label: string; colour: string };
  verdict: Verdict;
  /** Dark from `darkAfter` for `gapMs`; null: never back while watched. */
  darkAfter: number;
  gapMs: number | null;
  /** How requests fail, by time since the dark began: [until ms, outcome]. */
  outcomes: [number, ProbeOutcome][];
  holdMs: number;
  moves: boolean;
  failbackMs: number;
  budget: { ms: number; terms: [string, number, string][]; warning?: string };
  /** Carrier lost and leg taken instead, as node.nic and bond. */
  carriers: { node: string; nic: string; bond: string; leg: string | null; atMs: number }[];
  links: { link: number; atMs: number }[];
  powerOff: string | null;
  logs: [number, string, string, string][];
  /** What the cluster notices first, when it moves: ms after the proof, and the least and most the configuration gives that. */
  detection?: { atMs: number; source: string; node: string; text: string; floor: readonly [number, number, string] };
  advice?: Advice[];
  constraints: [string, string, ConstraintVerdict, string, string | null][];
}

const quiet: Omit<SampleScenario, "test" | "fault" | "drawing"> = {
  verdict: "pass",
  darkAfter: 0,
  gapMs: 0,
  outcomes: [],
  holdMs: 9000,
  moves: false,
  failbackMs: 0,
  budget: {
    ms: 1000,
    terms: [
      ["bond: miimon", 100, "interfaces: bond-miimon 100"],
      ["bond: downdelay", 200, "interfaces: bond-downdelay 200"],
      ["slack", 700, "probe timeout and scheduling"],
    ],
  },
  carriers: [],
  links: [],
  powerOff: null,
  logs: [],
  constraints: [
    ["C1", "Everything runs on vm-node1", "pass", "vip and httpd ran on vm-node1 before the fault and again 3.10 s after healing", null],
    ["C2", "Apache and the VIP stay together", "pass", "all answers came from the node that held 192.168.1.60", null],
    ["S", "The VIP has one owner", "pass", "192.168.1.60 was never on two nodes at once", null],
    ["gap", "Gap within budget", "pass", "the longest gap was 0.00 s of 1 s", null],
  ],
};
const C3 = "If Apache dies on the primary, the secondary serves";

/** suites/failover as it went on a good day, but for two trials that did not. */
export const SCENARIOS: SampleScenario[] = [
  { ...quiet, test: "baseline", fault: null, drawing: { label: "", colour: "grey" }, holdMs: 20000 },
  {
    ...quiet,
    test: "link-down eth0 active",
    fault: { kind: "link-down", target: "active", params: { nic: "eth0" } },
    drawing: { label: "eth0 pulled", colour: "#d97706", nics: ["vm-node1.eth0"] },
    carriers: [{ node: "vm-node1", nic: "eth0", bond: "bond0", leg: "eth1", atMs: -40 }],
    logs: [
      [210, "vm-node1", "ovs-vswitchd", "bond bond0: interface eth0: disabled"],
      [214, "vm-node1", "ovs-vswitchd", "bond bond0: active member changed to eth1"],
    ],
  },
  {
    ...quiet,
    test: "link-down eth0 standby",
    nodes: ["vm-node2"],
    fault: { kind: "link-down", target: "standby", params: { nic: "eth0" } },
    drawing: { label: "eth0 pulled", colour: "#d97706", nics: ["vm-node2.eth0"] },
    carriers: [{ node: "vm-node2", nic: "eth0", bond: "bond0", leg: "eth1", atMs: -40 }],
  },
  {
    ...quiet,
    test: "private-links-cut",
    nodes: ["vm-node1", "vm-node2"],
    fault: { kind: "private-links-cut", target: "all", params: {} },
    drawing: { label: "private links cut", colour: "#b45309", nics: ["vm-node1.eth0", "vm-node1.eth1"] },
    carriers: ["vm-node1", "vm-node2"].flatMap((node) =>
      ["eth0", "eth1"].map((nic) => ({ node, nic, bond: "bond0", leg: null, atMs: -30 })),
    ),
    links: [{ link: 0, atMs: 2950 }],
    logs: [
      [2951, "vm-node1", "corosync", "[KNET  ] link: host: 2 link: 0 is down"],
      [2962, "vm-node2", "corosync", "[KNET  ] link: host: 1 link: 0 is down"],
    ],
  },
  {
    ...quiet,
    test: "apache-kill",
    fault: { kind: "apache-kill", target: "active", params: { signal: "SIGKILL", processes: "all" } },
    drawing: { label: "apache2 killed", colour: "#be123c", processes: ["vm-node1.apache2"] },
    darkAfter: -20,
    gapMs: 5500,
    outcomes: [
      [4300, "refused"],
      [5200, "timeout"],
      [5600, "refused"],
    ],
    holdMs: 13000,
    moves: true,
    failbackMs: 2200,
    detection: {
      atMs: 3431,
      source: "log",
      node: "vm-node1",
      text: "notice: Result of monitor operation for httpd on vm-node1: not running",
      floor: [0, 10000, "pacemaker.crm: op monitor interval=10s of httpd, a uniform wait"],
    },
    advice: [
      {
        id: "monitor-interval",
        text: "httpd is monitored every 10 s: up to 10 s of this gap; at 2 s the worst case falls by 8 s.",
        savesMs: 8000,
        risk: "five times as many monitor operations; a timeout under load then counts as a failure sooner",
      },
    ],
    budget: {
      ms: 31000,
      terms: [
        ["wait for the next monitor", 10000, "pacemaker.crm: op monitor interval=10s of httpd"],
        ["monitor runs into its timeout", 20000, "pacemaker.crm: op monitor timeout=20s of httpd"],
        ["stop, move, start", 1000, "crm_mon: measured on an idle lab"],
      ],
    },
    logs: [
      [3420, "vm-node1", "pacemaker-execd", "notice: httpd_monitor_10000[4112] error output [ httpd not running ]"],
      [3431, "vm-node1", "pacemaker-controld", "notice: Result of monitor operation for httpd on vm-node1: not running"],
      [3440, "vm-node2", "pacemaker-schedulerd", "warning: Unexpected result (not running) was recorded for monitor of httpd on vm-node1"],
      [4281, "vm-node1", "IPaddr2(vip)", "INFO: ip addr del 192.168.1.60/24 dev bond1"],
      [4902, "vm-node2", "IPaddr2(vip)", "INFO: Adding inet address 192.168.1.60/24 to device bond1"],
      [5410, "vm-node2", "pacemaker-controld", "notice: Result of start operation for httpd on vm-node2: ok"],
    ],
    constraints: [
      ["C3", C3, "pass", "vm-node2 served 5.50 s after Apache died on vm-node1, within 31 s", null],
      ...quiet.constraints.slice(0, 3),
      ["gap", "Gap within budget", "pass", "the longest gap was 5.53 s of 31 s", null],
    ],
  },
  {
    ...quiet,
    test: "gateway-blackhole",
    fault: { kind: "gateway-blackhole", target: "active", params: { mode: "drop" } },
    drawing: { label: "gateway silent", colour: "#7c3aed", gatewayFrom: ["vm-node1"] },
    darkAfter: 10,
    gapMs: 22500,
    outcomes: [
      [21400, "timeout"],
      [99999, "refused"],
    ],
    holdMs: 29000,
    moves: true,
    failbackMs: 2150,
    detection: {
      atMs: 12700,
      source: "log",
      node: "vm-node1",
      text: "notice: Setting pingd[vm-node1] in instance_attributes: 1000 -> 0",
      floor: [0, 12000, "pacemaker.crm: op monitor interval=10s of p_ping, dampen 2 s"],
    },
    budget: {
      ms: 47000,
      terms: [
        ["wait for the next ping monitor", 10000, "pacemaker.crm: op monitor interval=10s of p_ping"],
        ["ping runs into its timeout", 20000, "pacemaker.crm: op monitor timeout=20s of p_ping"],
        ["dampening", 5000, "ocf:pacemaker:ping dampen default 5s"],
        ["stop, move, start", 12000, "crm_mon: measured on an idle lab"],
      ],
      warning: "cluster.yaml sets 47 s; the configuration can take up to 52 s (ping: 60 s operation timeout)",
    },
    logs: [[12700, "vm-node1", "pacemaker-attrd", "notice: Setting pingd[vm-node1] in instance_attributes: 1000 -> 0"]],
    constraints: [
      [
        "C4",
        "If the primary loses the gateway, the secondary serves",
        "pass",
        "vm-node2 served 22.50 s after the gateway fell silent for vm-node1, within 47 s",
        null,
      ],
      ...quiet.constraints,
    ],
  },
  {
    ...quiet,
    test: "node-power-off",
    fault: { kind: "node-power-off", target: "active", params: {} },
    drawing: { label: "power off", colour: "#1f2937", nodes: ["vm-node1"] },
    darkAfter: -10,
    gapMs: 7900,
    outcomes: [
      [6600, "timeout"],
      [8000, "refused"],
    ],
    holdMs: 14000,
    moves: true,
    failbackMs: 2300,
    detection: {
      atMs: 3010,
      source: "log",
      node: "vm-node2",
      text: "[TOTEM ] A processor failed, forming new configuration: token timed out (3000ms), waiting 3600ms for consensus.",
      floor: [3000, 3000, "corosync.conf: token 3000"],
    },
    powerOff: "vm-node1",
    budget: {
      ms: 9000,
      terms: [
        ["token", 3000, "corosync.conf: token 3000"],
        ["consensus", 3600, "corosync.conf: consensus 3600"],
        ["start", 2400, "crm_mon: measured on an idle lab"],
      ],
    },
    links: [
      { link: 0, atMs: 2800 },
      { link: 1, atMs: 2900 },
    ],
    logs: [
      [
        3010,
        "vm-node2",
        "corosync",
        "[TOTEM ] A processor failed, forming new configuration: token timed out (3000ms), waiting 3600ms for consensus.",
      ],
      [6640, "vm-node2", "corosync", "[QUORUM] Members[1]: 2"],
      [6655, "vm-node2", "pacemaker-controld", "notice: Node vm-node1 state is now lost"],
    ],
  },
  {
    ...quiet,
    test: "apache-kill without recurring monitor",
    verdict: "fail",
    fault: { kind: "apache-kill", target: "active", params: { signal: "SIGKILL", processes: "all" } },
    drawing: { label: "apache2 killed", colour: "#be123c", processes: ["vm-node1.apache2"] },
    darkAfter: -15,
    gapMs: null,
    outcomes: [[99999, "refused"]],
    holdMs: 33000,
    budget: {
      ms: 31000,
      terms: [
        ["wait for the next monitor", 10000, "default"],
        ["monitor timeout", 20000, "default"],
        ["stop, move, start", 1000, "measured"],
      ],
    },
    constraints: [
      [
        "C3",
        C3,
        "fail",
        "nobody served within 31 s after Apache died on vm-node1: httpd has no recurring monitor, so pacemaker never noticed",
        "no-recurring-monitor",
      ],
      ["gap", "Gap within budget", "fail", "the service was dark for more than 32.90 s of 31 s", "over-budget"],
      ["S", "The VIP has one owner", "pass", "192.168.1.60 was never on two nodes at once", null],
      ["C1", "Everything runs on vm-node1", "skipped", "not judged: the service never came back", null],
    ],
  },
  {
    ...quiet,
    test: "link-down eth2 active",
    verdict: "invalid",
    fault: { kind: "link-down", target: "active", params: { nic: "eth2" } },
    drawing: { label: "eth2 pulled", colour: "#d97706", nics: ["vm-node1.eth2"] },
    constraints: [
      [
        "fault-proven",
        "The fault bit",
        "fail",
        "eth2 of vm-node1 still had carrier 5 s after the switch port went down",
        "fault-not-proven",
      ],
      ...quiet.constraints.map(([id, title, , ,]): SampleScenario["constraints"][number] => [
        id,
        title,
        "unknown",
        "not judged: the fault is not proven",
        null,
      ]),
    ],
  },
];
