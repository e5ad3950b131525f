import { describe, expect, it } from "vitest";
import type { EventOf, HistoryEvent, ProbeOutcome } from "../../history/event.js";
import { darkBands } from "./dark-bands.js";
import type { TrialScope } from "./lane.js";
import { bondLane, corosyncLane } from "./network-lanes.js";
import { addressLane, resourceLanes } from "./owner-lanes.js";
import { probeLane } from "./probe-lane.js";

const NODES = ["a", "b"];

function scope(parts: Partial<TrialScope>): TrialScope {
  return { fromMs: 0, toMs: 10_000, zeroMs: 1000, nodes: NODES, definition: null, http: [], log: [], states: [], ...parts };
}

function probe(atMs: number, outcome: ProbeOutcome = "ok", servedBy = "a"): EventOf<"http"> {
  const ok = outcome === "ok";
  return {
    type: "http",
    lab: "l",
    atUs: atMs * 1000,
    endUs: atMs * 1000 + 900,
    scheduledUs: atMs * 1000,
    outcome,
    status: ok ? 200 : null,
    servedBy: ok ? servedBy : null,
    error: null,
  };
}

const at = (atMs: number) => ({ atUs: atMs * 1000, lab: "l" });

describe("probeLane", () => {
  it("never merges a failure away: one among thousands keeps a mark of its own", () => {
    const http = Array.from({ length: 4000 }, (_, index) => probe(index * 2.5, index === 2001 ? "reset" : "ok"));
    const lane = probeLane(scope({ http }));
    expect(lane.rows.map((row) => row.label)).toEqual(["a", "b", "no answer"]);
    expect(lane.rows[2]?.marks).toMatchObject([{ kind: "tick", atMs: 4002.5, shape: "bar", title: "+4.003 s: 1 reset" }]);
    expect(lane.rows[0]?.marks).toHaveLength(2);
  });

  it("keeps different ways to fail apart within one column and shows a lone answer between failures", () => {
    const http = [probe(0), probe(1, "refused"), probe(2, "timeout"), probe(3, "timeout"), probe(4, "ok", "b"), probe(5, "refused")];
    const lane = probeLane(scope({ http }));
    expect(lane.rows[1]?.marks).toHaveLength(1);
    expect(lane.rows[2]?.marks.map((mark) => mark.title)).toEqual(["−0.999 s: 2 refused", "−0.998 s: 2 timeout"]);
  });
});

describe("darkBands", () => {
  it("reaches from the first failure to the next answer and joins a flickering gap", () => {
    const http = [
      probe(1000),
      probe(1100, "refused"),
      probe(1200),
      probe(1300, "refused"),
      probe(1400),
      probe(5000, "timeout"),
      probe(5100),
    ];
    expect(darkBands(scope({ http }))).toEqual([
      { fromMs: 100, toMs: 400 },
      { fromMs: 4000, toMs: 4100 },
    ]);
  });
});

describe("state lanes", () => {
  it("shows two owners of the address at once", () => {
    const address = (atMs: number, node: string, present: boolean): HistoryEvent => ({
      ...at(atMs),
      type: "address",
      node,
      address: "10.0.0.9/24",
      device: "eth0",
      present,
      initial: false,
    });
    const lane = addressLane(scope({ states: [address(0, "a", true), address(3000, "b", true), address(4000, "a", false)] }));
    expect(lane.rows.map((row) => row.marks)).toMatchObject([[{ fromMs: -1000, toMs: 3000 }], [{ fromMs: 2000, toMs: 9000 }]]);
  });

  it("forgets what a node said when it loses power", () => {
    const resources = [{ id: "vip", role: "Started", nodes: ["a"], failed: false, blocked: false, managed: true }];
    const states: HistoryEvent[] = [
      { ...at(0), type: "cluster", node: "a", dc: "a", quorate: true, nodes: [], resources, failCounts: [], bans: [] },
      { ...at(2000), type: "power", node: "a", on: false },
    ];
    expect(resourceLanes(scope({ states }))[0]?.rows[0]?.marks).toMatchObject([{ fromMs: -1000, toMs: 1000, title: "a runs vip" }]);
  });

  it("leaves out bonds and links that stayed as they were, and tells quiet from not observed", () => {
    const bond: HistoryEvent = { ...at(0), type: "bond", node: "a", bond: "bond0", active: "eth0", initial: true };
    expect(bondLane(scope({ states: [bond] })).rows).toEqual([{ label: "no change", marks: [] }]);
    expect(bondLane(scope({})).rows).toEqual([{ label: "not observed", marks: [] }]);
    const moved = bondLane(scope({ states: [bond, { ...bond, ...at(2000), active: "eth1" }] }));
    expect(moved.rows[0]?.marks).toMatchObject([
      { label: "eth0", toMs: 1000 },
      { label: "eth1", fromMs: 1000 },
    ]);
    const link = (atMs: number, up: boolean): HistoryEvent => ({
      ...at(atMs),
      type: "corosync",
      node: "a",
      what: "link",
      peer: "b",
      link: 0,
      up,
      initial: false,
    });
    expect(corosyncLane(scope({ states: [link(0, true), link(5000, false)] })).rows[0]).toMatchObject({
      label: "a link 0",
      marks: [{ label: "up" }, { label: "down", fromMs: 4000 }],
    });
  });
});
