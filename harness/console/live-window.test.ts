import { describe, expect, it } from "vitest";
import type { HistoryEvent } from "../history/event.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { LiveWindow, WINDOW_MS } from "./live-window.js";

const SECOND = 1_000_000;
const bond = (atS: number, active: string): HistoryEvent => {
  return { type: "bond", lab: "l", node: "vm-node1", bond: "bond0", active, initial: false, atUs: atS * SECOND };
};
const probe = (atUs: number): HistoryEvent => {
  const times = { atUs, endUs: atUs + 2000, scheduledUs: atUs };
  return { type: "http", lab: "l", ...times, outcome: "ok", status: 200, servedBy: "vm-node1", error: null };
};

describe("the window of the last minute", () => {
  it("ends now, and holds of what has a state also its last word before", () => {
    const window = new LiveWindow(sampleDefinition());
    for (const event of [bond(1, "eth0"), bond(2, "eth1"), bond(90, "eth0"), probe(20 * SECOND), probe(80 * SECOND)]) window.note(event);
    const scope = window.scope(100 * SECOND);
    expect([scope.fromMs, scope.toMs, scope.zeroMs]).toEqual([100_000 - WINDOW_MS, 100_000, 100_000]);
    expect(scope.states.map((event) => event.type === "bond" && event.active)).toEqual(["eth1", "eth0"]);
    expect(scope.http.map(({ atUs }) => atUs / SECOND)).toEqual([80]);
    expect(scope.nodes).toEqual(["vm-node1", "vm-node2"]);
  });

  it("puts in order what was told late", () => {
    const window = new LiveWindow(sampleDefinition());
    for (const event of [bond(50, "eth0"), bond(40, "eth1"), probe(51 * SECOND), probe(50 * SECOND)]) window.note(event);
    const scope = window.scope(60 * SECOND);
    expect(scope.states.map(({ atUs }) => atUs / SECOND)).toEqual([40, 50]);
    expect(scope.http.map(({ atUs }) => atUs / SECOND)).toEqual([50, 51]);
  });

  it("forgets by itself, though no page asks for anything", () => {
    const window = new LiveWindow(sampleDefinition());
    for (let at = 0; at < 30_000; at += 1) window.note(probe(at * 10_000));
    // Asked for its first minute, it has nothing to forget: what it shows is all that it has.
    expect(window.scope(60 * SECOND).http.length).toBeLessThan(13_000);
  });
});
