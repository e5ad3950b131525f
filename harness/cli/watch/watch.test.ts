import { stripVTControlCharacters, styleText } from "node:util";
import { expect, test } from "vitest";
import type { HistoryEvent } from "../../history/event.js";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { FAULTS } from "../../fault/registry.js";
import type { JournalEntry } from "../../lab/lab.js";
import { healMenu, injectMenu, type Choice, type Menu } from "./menu.js";
import { watchScreen } from "./watch-screen.js";
import { WatchState } from "./watch-state.js";

const definition = sampleDefinition();
const LAB = "failover";
const ofLab = { lab: LAB };
const plain = { style: (_style: unknown, text: string) => text };
const coloured = { style: styleText };

function stateAfter(events: object[]): WatchState {
  const state = new WatchState(definition);
  for (const event of events) state.apply({ ...ofLab, ...event } as unknown as HistoryEvent);
  return state;
}

function probes(fromMs: number, toMs: number, outcome: string, servedBy: string | null): object[] {
  const times = Array.from({ length: (toMs - fromMs) / 10 }, (_, index) => (fromMs + index * 10) * 1000);
  return times.map((atUs) => ({ type: "http", atUs, endUs: atUs + 1000, outcome, servedBy }));
}

function show(state: WatchState, more: Partial<Parameters<typeof watchScreen>[0]> = {}, size = { columns: 100, rows: 50 }): string {
  const screen = { lab: LAB, state, faults: [], menu: null, busy: null, ...more };
  return watchScreen(screen, size, plain).join("\n");
}

const STARTED = [
  { type: "address", atUs: 1, node: "vm-node1", address: "192.168.1.60", device: "bond1", present: true, initial: true },
  { type: "bond", atUs: 1, node: "vm-node1", bond: "bond0", active: "eth0", initial: true },
  { type: "link", atUs: 1, node: "vm-node1", device: "eth0", carrier: true, initial: true },
];

test("the bond's active leg, the address and a lost carrier stand in the node's box", () => {
  const text = show(stateAfter(STARTED));
  expect(text).toMatch(/│ ⚑ 192\.168\.1\.60 +│/);
  expect(text).toMatch(/bond0 \[eth0\] +eth1/);
  const later = [
    { type: "link", atUs: 2, node: "vm-node1", device: "eth0", carrier: false, initial: false },
    { type: "bond", atUs: 3, node: "vm-node1", bond: "bond0", active: "eth1", initial: false },
  ];
  expect(show(stateAfter([...STARTED, ...later]))).toMatch(/bond0 ✗eth0 +\[eth1\]/);
});

test("a node without power says so and holds nothing", () => {
  const text = show(stateAfter([...STARTED, { type: "power", atUs: 2, node: "vm-node1", on: false }]));
  expect(text).toContain("NO POWER");
  expect(text).not.toContain("⚑");
  expect(text).toContain("192.168.1.60 on nobody");
});

test("the strip has a character for each stretch, and a single failure in it shows", () => {
  const events = [...probes(0, 400, "ok", "vm-node1"), ...probes(400, 410, "refused", null), ...probes(410, 600, "ok", "vm-node2")];
  const text = show(stateAfter(events));
  expect(text).toMatch(/^11R$/m);
  expect(show(stateAfter([...events, ...probes(600, 800, "ok", "vm-node2")]))).toMatch(/^11R2$/m);
});

test("the gap is counted while it lasts, and the longest one stays", () => {
  const dark = [...probes(0, 200, "ok", "vm-node1"), ...probes(200, 1200, "timeout", null)];
  expect(show(stateAfter(dark))).toMatch(/DARK for 991 ms, longest gap 0 ms/);
  expect(show(stateAfter([...dark, ...probes(1200, 1400, "ok", "vm-node2")]))).toMatch(/^longest gap 1\.0 s$/m);
});

test("resources with their failures, bans and a lost quorum", () => {
  const cluster = {
    ...{ type: "cluster", atUs: 1, node: "vm-node2", dc: "vm-node2", quorate: false, nodes: [] },
    resources: [{ id: "httpd", role: "Started", nodes: ["vm-node2"], failed: false, blocked: false, managed: true }],
    failCounts: [{ node: "vm-node1", resource: "httpd", count: "1" }],
    bans: [{ id: "cli-ban", resource: "vip", node: "vm-node1" }],
  };
  const text = show(stateAfter([cluster]));
  expect(text).toMatch(/httpd +Started +vm-node2 +failed 1 times on vm-node1/);
  expect(text).toContain("no quorum");
  expect(text).toContain("ban cli-ban: vip not on vm-node1");
});

test("faults in force have their age and their end, and a silent gateway is marked where it stands", () => {
  const fault = entryOf("gateway-blackhole", { how: "drop" });
  const text = show(stateAfter(STARTED), { faults: [fault] });
  expect(text).toMatch(/gateway-blackhole-1 +vm-node1 +how=drop +for 12\.5 s, undoes itself in 47\.5 s/);
  expect(text).toContain("silent for vm-node1");
  expect(show(stateAfter(STARTED), { faults: [{ ...fault, dirty: "carrier is 0" }] })).toContain("DIRTY: carrier is 0");
});

test.each([
  [40, 20],
  [80, 24],
  [200, 60],
])("on %i columns and %i rows no line is too long, and the newest evidence is there", (columns, rows) => {
  const told = Array.from({ length: 30 }, (_, index) => ({ type: "power", atUs: index, node: "vm-node2", on: index % 2 === 0 }));
  const state = stateAfter([...STARTED, ...probes(0, 5_000, "ok", "vm-node1"), ...told]);
  const screen = { lab: LAB, state, faults: [], menu: injectMenu(definition), busy: null };
  const lines = watchScreen(screen, { columns, rows }, coloured);
  expect(lines.length).toBeLessThanOrEqual(rows);
  for (const line of lines) expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(columns);
});

test("by keys one gets to every fault, with its defaults and the choices that were made", () => {
  const main = injectMenu(definition);
  expect(main.options.map(({ label }) => label.split(":")[0])).toEqual(Object.keys(FAULTS));
  const cable = walk(main, "link-down", "vm-node2", "eth3");
  expect(cable).toEqual({ inject: { kind: "link-down", target: "vm-node2", params: { nic: "eth3" } } });
  const kill = walk(main, "apache-kill", "active", "parent", "TERM");
  expect(kill).toEqual({ inject: { kind: "apache-kill", target: "active", params: { scope: "parent", signal: "TERM" } } });
  expect(walk(main, "private-links-cut")).toEqual({ inject: { kind: "private-links-cut", target: "", params: {} } });
  for (const { key } of main.options) expect(key).toMatch(/^[1-9a-z]$/);
});

test("what is in force can be taken back; nothing in force, nothing to choose", () => {
  expect(healMenu([])).toBeNull();
  const fault = entryOf("link-down", {});
  expect(healMenu([fault])?.options).toMatchObject([{ key: "1", label: "link-down-1 vm-node1", chosen: { heal: "link-down-1" } }]);
});

function walk(menu: Menu, ...labels: string[]): Choice {
  const [label = "", ...rest] = labels;
  const option = menu.options.find((each) => each.label.split(":")[0] === label);
  if (!option) throw new Error(`no ${label} in ${menu.title}`);
  return "ask" in option.chosen ? walk(option.chosen.ask, ...rest) : option.chosen;
}

function entryOf(kind: string, params: JournalEntry["params"]): JournalEntry {
  return { id: `${kind}-1`, kind, nodes: ["vm-node1"], params, since: "", leaseS: 60, leftS: 47.5, dirty: null, proof: null };
}
