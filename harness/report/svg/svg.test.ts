import { SyntaxValidator } from "fast-xml-validator";
import { describe, expect, it } from "vitest";
import type { Drawing } from "../../history/event.js";
import { reportModel } from "../model.js";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { sampleRun } from "../testing/sample-run.js";
import { gapBar } from "./gap-bar.js";
import { safeColour } from "./safe-colour.js";
import { px, tickLabel, ticks } from "./scale.js";
import type { Span, Tone } from "../lanes/lane.js";
import type { NodeState, TopologyFrame } from "../topology-frames.js";
import { markPaths } from "./mark-paths.js";
import { timeline } from "./timeline.js";
import { topologyParts } from "./topology-places.js";
import { topology } from "./topology.js";

const nothing: Drawing = { label: "cut", colour: "red", nodes: [], nics: [], processes: [], gatewayFrom: [] };
const calm: NodeState = {
  power: true,
  holds: false,
  dc: false,
  lostFor: [],
  runs: [],
  active: { bond0: "eth0", bond1: "eth2" },
  noCarrier: [],
};

function frame(first: Partial<NodeState>, broken: Partial<Drawing> | null): TopologyFrame {
  const nodes = { "vm-node1": { ...calm, holds: true, dc: true, ...first }, "vm-node2": calm };
  return { title: "Before", atMs: -10, nodes, broken: broken === null ? [] : [{ ...nothing, ...broken }] };
}

describe("topology", () => {
  it("draws every node, NIC, switch, gateway and client, and crosses out nothing while nothing is broken", () => {
    const svg = topology(sampleDefinition(), frame({}, null)).markup;
    for (const word of ["vm-node1", "vm-node2", "eth0", "eth3", "switch 2", "gateway", "client", "bond0 10.20.13.1", "192.168.1.60", "DC"])
      expect(svg).toContain(`>${word}`);
    expect(svg).not.toMatch(/class="x"|dead/);
    expect(svg.match(/port active/g)).toHaveLength(4);
    expect(svg).toContain("192.168.1.60 on vm-node1; DC vm-node1");
    expect(SyntaxValidator.validate(svg)).toBe(true);
  });

  it("marks what is broken, once with the fault's name", () => {
    const count = (first: Partial<NodeState>, broken: Partial<Drawing> | null, pattern: RegExp): number =>
      topology(sampleDefinition(), frame(first, broken)).markup.match(pattern)?.length ?? 0;
    expect(count({}, { nics: ["vm-node1.eth0", "vm-node1.eth1"] }, /class="cut"/g)).toBe(2);
    expect(count({}, { nics: ["vm-node1.eth0", "vm-node1.eth1"] }, />cut</g)).toBe(1);
    expect(count({ noCarrier: ["eth2"] }, null, /class="cut"/g)).toBe(1);
    expect(count({}, { nodes: ["vm-node1"] }, /vm-node1 has no power</g)).toBe(1);
    expect(count({ power: false, lostFor: ["vm-node2"] }, null, /wire dead/g)).toBe(4);
    expect(count({}, { processes: ["vm-node1.apache2"] }, />cut</g)).toBe(1);
    expect(count({}, { gatewayFrom: ["vm-node1"] }, />cut for vm-node1</g)).toBe(1);
  });

  it("keeps every part in its place in all frames, so only what changed moves", () => {
    const boxes = (markup: string): string[] =>
      markup.match(/<rect class="(box|port)[^>]*?(x="[^"]*" y="[^"]*")/g)?.map((box) => box.replace(/class="[^"]*"/, "")) ?? [];
    const calmBoxes = boxes(topology(sampleDefinition(), frame({}, null)).markup);
    expect(calmBoxes.length).toBeGreaterThan(10);
    expect(boxes(topology(sampleDefinition(), frame({ power: false }, { nodes: ["vm-node1"], gatewayFrom: ["vm-node1"] })).markup)).toEqual(
      calmBoxes,
    );
  });

  it("draws several faults at once, each with its own name", () => {
    const broken = [
      { ...nothing, label: "eth0 pulled", nics: ["vm-node1.eth0"] },
      { ...nothing, label: "eth2 pulled", nics: ["vm-node2.eth2"] },
      { ...nothing, label: "power off", nodes: ["vm-node2"] },
    ];
    const svg = topology(sampleDefinition(), { ...frame({}, null), broken }).markup;
    for (const label of ["eth0 pulled", "eth2 pulled", "power off"]) expect(svg.split(`>${label}<`)).toHaveLength(2);
  });

  it("tells where its parts are: a NIC at its port, a node where its box is", () => {
    const svg = topology(sampleDefinition(), frame({}, null)).markup;
    for (const { kind, at } of topologyParts(sampleDefinition()).parts) {
      if ("line" in at) expect(svg).toContain(`x="${px(at.line[0].x - 4)}" y="${px(at.line[0].y - 4)}" width="8"`);
      else if (kind !== "process")
        expect(svg).toContain(`x="${px(at.box.x)}" y="${at.box.y}" width="${at.box.width}" height="${at.box.height}"`);
    }
    expect(topologyParts(sampleDefinition()).parts.filter(({ kind }) => kind === "nic")).toHaveLength(8);
  });

  it("draws three nodes without cables", () => {
    const definition = sampleDefinition();
    definition.nodes.push({ name: "vm-node3", addresses: { bond0: "10.20.13.3", bond1: "192.168.1.63" } });
    expect(topology(definition, frame({}, null)).markup).toContain("vm-node3");
  });
});

describe("markPaths", () => {
  const run = (fromMs: number, toMs: number, tone: Tone): Span => ({
    kind: "span",
    fromMs,
    toMs,
    tone,
    label: "",
    title: "",
    look: "sure",
  });

  it("puts marks that look alike into one path in whole milliseconds, each with a shape of its own", () => {
    const marks = [run(-1000, -900, "fail"), run(-890, -890, "fail"), run(0, 10, "wrong")];
    expect(markPaths(marks, -1000, 34, 12)).toEqual([
      { name: "m t-fail sure", colour: null, path: "M0 34h100v12h-100zm110 0h0v12h0z" },
      { name: "m t-wrong sure", colour: null, path: "M1000 34h10v12h-10z" },
    ]);
  });

  it("stays small for a lane of a minute that flickers a hundred times a second", () => {
    const marks = Array.from({ length: 3000 }, (_, index) => run(index * 20, index * 20 + 10, "fail"));
    const [path] = markPaths(marks, 0, 34, 12);
    expect(path?.path.match(/z/g)).toHaveLength(3000);
    expect(path?.path.length).toBeLessThan(75_000);
  });
});

describe("timeline", () => {
  it("is well-formed for every trial and shows each lane's name", () => {
    const { results, events } = sampleRun();
    for (const view of reportModel(results, events).tests.flatMap((test) => test.views)) {
      const svg = timeline(view, "x").markup;
      expect(SyntaxValidator.validate(svg)).toBe(true);
      for (const lane of view.lanes) expect(svg).toContain(`<title>${lane.title}</title>`);
    }
  });
});

describe("gapBar", () => {
  it("turns red only when the most the gap may have been is over the budget", () => {
    expect(gapBar({ minMs: 900, maxMs: 1000 }, 1000).markup).not.toContain("over");
    expect(gapBar({ minMs: 900, maxMs: 1001 }, 1000).markup).toContain("gapbar over");
    expect(gapBar({ minMs: 900, maxMs: null }, 1000).markup).toContain("<path");
  });
});

describe("scale", () => {
  it("chooses round ticks that include zero", () => {
    expect(ticks(-5150, 23_000, 12)).toEqual([-5000, 0, 5000, 10_000, 15_000, 20_000]);
    expect([tickLabel(-5000), tickLabel(0), tickLabel(250)]).toEqual(["−5 s", "0", "0.25 s"]);
  });

  it("takes only plain colours from a history", () => {
    expect([safeColour("#be123c"), safeColour("crimson"), safeColour("url(http://x)"), safeColour(`red" onload="x`)]).toEqual([
      "#be123c",
      "crimson",
      "#808080",
      "#808080",
    ]);
  });
});
