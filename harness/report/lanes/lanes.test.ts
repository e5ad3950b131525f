import { describe, expect, it } from "vitest";
import type { EventOf, HistoryEvent, ProbeOutcome } from "../../history/event.js";
import { darkBands } from "./dark-bands.js";
import type { TrialScope } from "./lane.js";
import { bondLane, corosyncLane } from "./network-lanes.js";
import { addressLane, resourceLanes } from "./owner-lanes.js";
import { keptLane, probeLane } from "./probe-lane.js";
import { neighbourLane } from "./neighbour-lane.js";
import { operationMarks } from "./operation-marks.js";
import { sampleDefinition } from "../../history/testing/sample-definition.js";

const NODES = ["a", "b"];

function scope(parts: Partial<TrialScope>): TrialScope {
  return {
    fromMs: 0,
    toMs: 10_000,
    zeroMs: 1000,
    nodes: NODES,
    definition: null,
    http: [],
    kept: [],
    log: [],
    states: [],
    nodeOfMac: new Map(),
    ...parts,
  };
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
    expect(lane.rows[2]?.marks).toMatchObject([
      { fromMs: 4002.5, toMs: 4005, look: "sure", tone: "fail", title: "1 request reset from +4.003 s" },
    ]);
    expect(lane.rows[0]?.marks).toHaveLength(2);
  });

  it("joins only requests that went the same way, and shows a lone answer between failures", () => {
    const http = [probe(0), probe(1, "refused"), probe(2, "timeout"), probe(3, "timeout"), probe(4, "ok", "b"), probe(5, "refused")];
    const lane = probeLane(scope({ http }));
    expect(lane.rows[1]?.marks).toMatchObject([{ fromMs: -995.1, toMs: -995 }]);
    expect(lane.rows[2]?.marks).toMatchObject([
      { fromMs: -999, toMs: -998, tone: "fail", look: "sure" },
      { fromMs: -998, toMs: -996, tone: "silent", look: "low", title: "2 requests timed out from −0.998 s" },
      { fromMs: -995, tone: "fail" },
    ]);
  });

  it("claims nothing about a time without requests", () => {
    const marks = probeLane(scope({ http: [probe(0), probe(10), probe(5000), probe(5010)] })).rows[0]?.marks;
    expect(marks).toMatchObject([
      { fromMs: -999.1, toMs: -940 },
      { fromMs: expect.closeTo(4000.9) as number, toMs: 4060 },
    ]);
  });
});

describe("keptLane", () => {
  it("marks where the client had to open another connection", () => {
    const kept = (atMs: number, connection: number, outcome: ProbeOutcome = "ok"): EventOf<"http-kept"> => {
      const { status, ...rest } = probe(atMs, outcome);
      return { ...rest, type: "http-kept", connection, error: status === null ? "reset by peer" : null };
    };
    const lane = keptLane(scope({ kept: [kept(0, 1), kept(100, 1, "reset"), kept(200, 2)] }));
    expect(lane.rows.at(-1)?.marks).toMatchObject([
      { tone: "fail", title: "1 request reset from −0.900 s (reset by peer)" },
      { kind: "tick", atMs: -800, title: "connection 2 answers" },
    ]);
    expect(keptLane(scope({})).rows).toEqual([{ label: "not probed", marks: [] }]);
  });
});

describe("neighbourLane", () => {
  it("says to which node the client sends, and when to nobody", () => {
    const neighbour = (atMs: number, mac: string | null): HistoryEvent => ({
      ...at(atMs),
      type: "neighbour",
      node: "client",
      address: "192.168.1.60",
      mac,
      initial: false,
    });
    const states = [neighbour(0, "02:aa"), neighbour(2000, null), neighbour(3000, "02:bb")];
    const lane = neighbourLane(scope({ states, definition: sampleDefinition(), nodeOfMac: new Map([["02:aa", "a"]]) }));
    expect(lane.rows[0]?.marks).toMatchObject([
      { label: "a", tone: "n0", fromMs: -1000, toMs: 1000 },
      { label: "nobody", look: "hatched" },
      { label: "02:bb", tone: "mute", fromMs: 2000 },
    ]);
  });
});

describe("operationMarks", () => {
  it("draws a start as long as it took, a monitor as a tick and a failure as a dot", () => {
    const operation = (task: string, intervalMs: number, rc: number, execMs: number): HistoryEvent => ({
      ...at(3000),
      type: "operation",
      node: "b",
      resource: "httpd",
      on: "a",
      task,
      intervalMs,
      rc,
      rcText: rc === 0 ? "ok" : "not running",
      call: 1,
      execMs,
      queueMs: 0,
      changedAtS: null,
      initial: false,
    });
    const states = [
      operation("start", 0, 0, 400),
      operation("monitor", 10_000, 0, 20),
      operation("monitor", 10_000, 7, 20),
      operation("monitor", 0, 7, 20),
      operation("stop", 0, 193, 0),
    ];
    expect(operationMarks(scope({ states }), "httpd", "a")).toMatchObject([
      { kind: "span", fromMs: 1600, toMs: 2000 },
      { shape: "half" },
      { shape: "dot", tone: "fail", title: "monitor of httpd every 10 s on a: not running, took 0.02 s, seen +2.000 s" },
      { shape: "half" },
      { shape: "half", tone: "plain", title: "stop of httpd on a: under way, seen +2.000 s" },
    ]);
    expect(operationMarks(scope({ states }), "httpd", "b")).toEqual([]);
  });
});

describe("darkBands", () => {
  it("reaches from the last good request to the next answer and joins a flickering gap", () => {
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
      { fromMs: 0, toMs: expect.closeTo(400.9) as number },
      { fromMs: 400, toMs: expect.closeTo(4100.9) as number },
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
