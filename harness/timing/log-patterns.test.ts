import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { EventOf } from "../history/event.js";
import { linesTelling, LOG_PATTERNS, patternSet, type Told } from "./log-patterns.js";

/** Lines of the real daemons of a lab with apache-kill, gateway-blackhole and node-power-off, one of each wording. */
const FIXTURES = { pacemaker: ["2.1.5", "pacemaker-2.1.5.log"], corosync: ["3.1.7", "corosync-3.1.7.log"] } as const;

function told(daemon: keyof typeof FIXTURES, what: Told) {
  const [version, name] = FIXTURES[daemon];
  const text = readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)), "utf8");
  const lines = text
    .split("\n")
    .map((line): EventOf<"log"> => ({ type: "log", atUs: 0, lab: "", node: "vm-node1", source: daemon, text: line }));
  return linesTelling(lines, { [daemon]: version }).filter((match) => match.told === what);
}
const groups = (daemon: keyof typeof FIXTURES, what: Told) => told(daemon, what).map((match) => Object.values(match.groups).join(" "));

describe("what the daemons' logs tell", () => {
  test("results of operations; a probe is no monitor", () => {
    const results = groups("pacemaker", "result");
    expect(results).toContain("monitor httpd vm-node1 not running");
    expect(results).toContain("monitor vip vm-node1 Cancelled");
    expect(results).toEqual(expect.arrayContaining(["stop httpd vm-node1 ok", "start vip vm-node2 ok", "start httpd vm-node2 ok"]));
    expect(results).toContain("probe httpd vm-node1 not running");
    expect(results).not.toContain("monitor vip vm-node1 not running");
  });

  test("actions initiated, on this node or another", () => {
    const actions = groups("pacemaker", "initiated");
    expect(actions).toEqual(
      expect.arrayContaining(["stop vip vm-node1", "stop httpd vm-node1", "start vip vm-node2", "start httpd vm-node1"]),
    );
  });

  test("attributes when they are written, not when they are set and dampened", () => {
    const lines = told("pacemaker", "attribute-written").filter((match) => match.groups["attribute"] === "pingd");
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((match) => match.line.text.includes("Sent CIB request"))).toBe(true);
  });

  test("a lost token, once its time is over and not when it is merely late", () => {
    expect(told("corosync", "token-lost").map((match) => match.line.text)).toEqual([
      expect.stringContaining("A processor failed, forming new configuration: token timed out (3000ms)"),
    ]);
  });

  test("members that left and joined", () => {
    expect(new Set(groups("corosync", "membership"))).toEqual(new Set(["left", "joined"]));
  });

  test("fencing that has ended, and how: not that of one device on the way there", () => {
    expect(groups("pacemaker", "fenced")).toEqual(["vm-node1 OK"]);
  });

  test("every pattern of the table is found in a fixture", () => {
    for (const { daemon, patterns } of LOG_PATTERNS)
      for (const what of Object.keys(patterns)) expect([what, told(daemon, what as Told).length > 0]).toEqual([what, true]);
  });
});

describe("patternSet", () => {
  const sets = ["3.0.0", "2.1.0", "2.0.0"].map((from) => ({ daemon: "pacemaker" as const, from, patterns: {} }));
  test.each([
    ["2.1.5-1+deb12u1", "2.1.0"],
    ["2.1.0", "2.1.0"],
    ["2.0.5", "2.0.0"],
    ["3.0.1", "3.0.0"],
    ["10.0", "3.0.0"],
    ["1.1.24", "2.0.0"],
    ["", "2.0.0"],
  ])("%s has the words of %s", (version, from) => {
    expect(patternSet("pacemaker", version, sets)?.from).toBe(from);
  });
});
