import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { defineFault, NOTHING_TO_UNDO, type Fault } from "../fault/fault.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { fakeProvider } from "../lab/fake/fake-provider.js";
import type { Lab } from "../lab/lab.js";
import { topologyParts } from "../report/svg/topology-places.js";
import { faultOffers } from "./fault-offers.js";

let lab: Lab;
beforeAll(async () => {
  lab = await fakeProvider.start({ name: "lab", definition: sampleDefinition(), folder: ".", keep: true, onStep: () => undefined });
});

const offered = (part: string, faults?: Fault[]) =>
  (faultOffers(lab, faults).get(part) ?? []).map(({ kind, target, params }) => [kind, target, params]);

describe("what a click can break", () => {
  it("is the cable at a NIC, and one thing alone, so that a click does it at once", () => {
    expect(offered("nic:vm-node1.eth0")).toEqual([["link-down", "vm-node1", { nic: "eth0" }]]);
    expect(offered("nic:vm-node2.eth3")).toEqual([["link-down", "vm-node2", { nic: "eth3" }]]);
  });

  it("is the web server at its process, with the defaults of its parameters", () => {
    expect(offered("process:vm-node2.apache2")).toEqual([["apache-kill", "vm-node2", { scope: "all", signal: "KILL" }]]);
  });

  it("is everything that hits a node at the node, and its gateway at the gateway, for each node and for all", () => {
    expect(offered("node:vm-node1").map(([kind]) => kind)).toEqual([
      "apache-kill",
      "address-delete",
      "gateway-blackhole",
      "node-isolated",
      "node-power-off",
    ]);
    expect(offered("gateway:gateway").map(([kind, target]) => [kind, target])).toEqual([
      ["gateway-blackhole", "vm-node1"],
      ["gateway-blackhole", "vm-node2"],
      ["gateway-blackhole", "all"],
    ]);
  });

  it("is at parts that are drawn", () => {
    const drawn = topologyParts(lab.definition).parts.map(({ kind, name }) => `${kind}:${name}`);
    expect([...faultOffers(lab).keys()].filter((part) => !drawn.includes(part))).toEqual([]);
    expect(drawn.filter((part) => !faultOffers(lab).has(part))).toEqual([]);
  });

  it("holds a new fault of the registry where it draws what it breaks, unless it needs to be told more", () => {
    const nothing = { label: "noise", colour: "red", nodes: [], nics: [], processes: [], gatewayFrom: [] };
    const made = (params: z.ZodObject) =>
      defineFault({
        kind: "noise",
        title: "Noise",
        summary: "Noise.",
        params,
        targets: "nodes",
        expects: "same",
        draw: (_lab, nodes) => ({ ...nothing, gatewayFrom: nodes }),
        inject: () => Promise.reject(new Error("not for real")),
        undo: () => NOTHING_TO_UNDO,
      });
    expect(offered("gateway:gateway", [made(z.strictObject({}))])).toHaveLength(3);
    expect(offered("gateway:gateway", [made(z.strictObject({ volume: z.number() }))])).toEqual([]);
  });
});
