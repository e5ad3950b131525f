import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCorosync } from "./parse-corosync.js";

const NODES = `nodelist {
  node {
    name: a
    ring1_addr: 10.0.1.1
    ring0_addr: 10.0.0.1
  }
}`;
const problemsOf = (text: string) => parseCorosync(text).problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);

describe("parseCorosync", () => {
  it("reads the failover suite's file", () => {
    const { totem, nodes, problems } = parseCorosync(readFileSync("suites/failover/corosync.conf", "utf8"));
    expect(problems).toEqual([]);
    expect(totem).toEqual({
      ...{ tokenMs: 3000, consensusMs: 3600, joinMs: 60, retransmits: 10, linkMode: "passive", knetPingTimeoutMs: 1500 },
      links: { "vm-node1": ["10.20.13.1", "192.168.1.61"], "vm-node2": ["10.20.13.2", "192.168.1.62"] },
    });
    expect(nodes[1]).toMatchObject({ name: "vm-node2", line: 44, column: 5 });
    expect(nodes[1]!.rings[0]).toEqual({ link: 0, address: "10.20.13.2", line: 47, column: 9 });
  });

  it("fills in the defaults of corosync.conf(5), links in order of their number", () => {
    expect(parseCorosync(`totem {\n  version: 2\n}\n${NODES}`).totem).toEqual({
      ...{ tokenMs: 3000, consensusMs: 3600, joinMs: 50, retransmits: 4, linkMode: "passive", knetPingTimeoutMs: 1500 },
      links: { a: ["10.0.0.1", "10.0.1.1"] },
    });
  });

  it("lets the token grow from three nodes on, and what follows from it", () => {
    const node = (name: string) => `node {\n name: ${name}\n ring0_addr: 10.0.0.1\n}\n`;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.nat({ max: 1000 }),
        (count, token, coefficient) => {
          const names = Array.from({ length: count }, (_, index) => `n${index}`);
          const text = `totem {\ntoken: ${token}\ntoken_coefficient: ${coefficient}\n}\nnodelist {\n${names.map(node).join("")}}\n`;
          const { totem, problems } = parseCorosync(text);
          expect(problems).toEqual([]);
          expect(totem.tokenMs).toBe(token + Math.max(0, count - 2) * coefficient);
          expect(totem.consensusMs).toBe(Math.round(totem.tokenMs * 1.2));
          expect(Object.keys(totem.links)).toEqual(names);
        },
      ),
    );
  });

  it("takes the slowest link's ping timeout", () => {
    const text = `totem {\n interface {\n knet_ping_timeout: 500\n }\n interface {\n knet_pong_count: 3\n }\n}\n${NODES}`;
    expect(parseCorosync(text).totem.knetPingTimeoutMs).toBe(1000);
  });

  it.each([
    ["", ["1:1: there is no totem section; add totem { version: 2 ... }"]],
    [`totem {\n  token: 3s\n}\n${NODES}`, ["2:3: token is 3s, not a whole number; corosync counts it in ms"]],
    [`totem {\n}\n}\n${NODES}`, ["3:1: } closes nothing; take it out or open its section"]],
    [`${NODES}\ntotem {\n`, ["8:1: section totem has no end; add } after its last line"]],
    [`totem {\n  token 3000\n}\n${NODES}`, ['2:3: "token 3000" is neither a section, key: value, } nor a # comment; see corosync.conf(5)']],
    [
      "totem {\n}\nnodelist {\n  node {\n    nodeid: 1\n  }\n}",
      [
        "4:3: the node has no name; add name: <host name>, so that corosync and pacemaker agree on it",
        "4:3: the node has no address; add ring0_addr: <address>",
      ],
    ],
  ])("names what is wrong in %j", (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });
});
