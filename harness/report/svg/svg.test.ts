import { SyntaxValidator } from "fast-xml-validator";
import { describe, expect, it } from "vitest";
import type { Drawing } from "../../history/event.js";
import { reportModel } from "../model.js";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { sampleRun } from "../testing/sample-run.js";
import { gapBar } from "./gap-bar.js";
import { safeColour } from "./safe-colour.js";
import { tickLabel, ticks } from "./scale.js";
import { timeline } from "./timeline.js";
import { topology } from "./topology.js";

const nothing: Drawing = { label: "", colour: "red", nodes: [], nics: [], processes: [], gatewayFrom: [] };
const holder = { before: "vm-node1", during: "vm-node2" };

describe("topology", () => {
  it("draws every node, NIC, switch, gateway and client, and crosses out nothing while nothing is broken", () => {
    const svg = topology(sampleDefinition(), nothing, { before: "vm-node1", during: "vm-node1" }).markup;
    for (const word of ["vm-node1", "vm-node2", "eth0", "eth3", "switch 2", "gateway", "client", "10.20.13.1", "192.168.1.60"])
      expect(svg).toContain(`>${word}`.replace(">10.", ">bond0 10."));
    expect(svg).not.toMatch(/class="x"|dead/);
    expect(SyntaxValidator.validate(svg)).toBe(true);
  });

  it("marks what the fault broke", () => {
    const count = (drawing: Partial<Drawing>, pattern: RegExp): number =>
      topology(sampleDefinition(), { ...nothing, ...drawing }, holder).markup.match(pattern)?.length ?? 0;
    expect(count({ nics: ["vm-node1.eth0", "vm-node1.eth1"] }, /cable cut/g)).toBe(2);
    expect(count({ nics: ["vm-node2.eth2"] }, /eth2 of vm-node2 cut/g)).toBe(1);
    expect(count({ nodes: ["vm-node1"] }, /vm-node1 has no power/g)).toBe(1);
    expect(count({ processes: ["vm-node1.apache2"] }, /apache2 killed/g)).toBe(1);
    expect(count({ gatewayFrom: ["vm-node1"] }, /silent for/g)).toBe(1);
    expect(count({}, /was 192\.168\.1\.60/g)).toBe(1);
  });

  it("draws three nodes without cables", () => {
    const definition = sampleDefinition();
    definition.nodes.push({ name: "vm-node3", addresses: { bond0: "10.20.13.3", bond1: "192.168.1.63" } });
    expect(topology(definition, nothing, holder).markup).toContain("vm-node3");
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
