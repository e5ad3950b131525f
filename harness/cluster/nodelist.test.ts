import { describe, expect, it } from "vitest";
import { withNodelist } from "./nodelist.js";
import { parseCorosync } from "./parse-corosync.js";

const bond = (network: string) => ({ network, nics: [], mode: "active-backup" as const, miimon: 0, downdelay: 0, updelay: 0 });
const CLUSTER = {
  bonds: { private: bond("a"), public: bond("b") },
  nodes: { alpha: { public: "172.31.9.1", private: "10.99.7.1" }, beta: { private: "10.99.7.2", public: "172.31.9.2" } },
};

describe("withNodelist", () => {
  it("adds the nodes of cluster.yaml, link N on the Nth bond", () => {
    const text = withNodelist("totem {\n  token: 1000\n}\n", CLUSTER);
    const { nodes, totem, problems } = parseCorosync(text);
    expect(problems).toEqual([]);
    expect(totem.links).toEqual({ alpha: ["10.99.7.1", "172.31.9.1"], beta: ["10.99.7.2", "172.31.9.2"] });
    expect(nodes.map(({ name }) => name)).toEqual(["alpha", "beta"]);
    expect(text.match(/nodeid: \d+/g)).toEqual(["nodeid: 1", "nodeid: 2"]);
  });

  it.each([
    ["a nodelist of its own", "totem {\n}\nnodelist {\n}\n"],
    ["a section without an end", "totem {\n"],
  ])("leaves a file with %s as it stands", (_what, text) => {
    expect(withNodelist(text, CLUSTER)).toBe(text);
  });
});
