import { describe, expect, test } from "vitest";
import { apacheKill, linkDown, powerOff } from "../testing/scenarios.js";
import { aRun, onNode } from "../testing/history-builder.js";
import { addressSpans } from "./address-spans.js";
import { snapshotsOf, placesOf } from "./snapshots.js";
import { trialsOf, type Trial } from "./trial.js";
import { failbackWindow, faultWindow, probesIn, quietWindow } from "./windows.js";

const VIP = "192.168.1.60";
function only(run: { history: () => Parameters<typeof trialsOf>[0] }): Trial {
  const [trial] = trialsOf(run.history());
  if (trial === undefined) throw new Error("no trial");
  return trial;
}
const holdings = (trial: Trial, node: string) =>
  addressSpans(trial, VIP)
    .filter((span) => span.node === node && span.toUs > trial.startUs)
    .map((span) => span.holding);

describe("trialsOf", () => {
  test("who served before the fault and at its end", () => {
    const trial = only(apacheKill());
    expect([trial.servedBefore, trial.servedAfter]).toEqual(["vm-node1", "vm-node2"]);
  });

  test("dark at the end: nobody served after", () => {
    expect(only(apacheKill({ during: (run) => run.dark(5_000) })).servedAfter).toBeNull();
  });

  test("the windows share out all probes, each to one", () => {
    const trial = only(powerOff());
    const windows = [quietWindow(trial), faultWindow(trial), failbackWindow(trial)].filter((window) => window !== null);
    expect(windows.flatMap((window) => probesIn(trial, window)).length).toBe(trial.probes.length);
  });

  test("a request in flight when the fault strikes is the fault's", () => {
    const run = aRun().trial().serve("vm-node1", 1_000).dark(25, "timeout").inject().serve("vm-node2", 500).end();
    const trial = only(run);
    expect(probesIn(trial, quietWindow(trial)).every((probe) => probe.outcome === "ok")).toBe(true);
    expect(probesIn(trial, faultWindow(trial) ?? quietWindow(trial))[0]?.outcome).toBe("timeout");
  });

  test("trials of other labs and a trial without an end stay apart", () => {
    const one = aRun({ lab: "a" }).trial({ test: "x" }).serve("vm-node1", 100);
    const two = aRun({ lab: "b" }).trial({ test: "y" }).serve("vm-node2", 200).end();
    const trials = trialsOf({
      events: [...one.events(), ...two.events()].sort((a, b) => a.atUs - b.atUs),
      truncated: null,
      unknownTypes: {},
    });
    expect(trials.map((trial) => [trial.lab, trial.probes.length, trial.ended === null])).toEqual([
      ["a", 4, true],
      ["b", 8, false],
    ]);
  });
});

describe("addressSpans", () => {
  test("a move is absent here, held there", () => {
    const trial = only(apacheKill());
    expect(holdings(trial, "vm-node1")).toEqual(["held", "absent", "held"]);
    expect(holdings(trial, "vm-node2")).toEqual(["absent", "held", "absent"]);
  });

  test("without power the node holds nothing, and booting counts as off until it is watched again", () => {
    expect(holdings(only(powerOff()), "vm-node1")).toEqual(["held", "off", "absent", "held"]);
  });

  test("powered on but never watched again is unknown", () => {
    const run = powerOff({ after: (at) => at.powerOn("vm-node1").serve("vm-node2", 1_000) });
    expect(holdings(only(run), "vm-node1")).toEqual(["held", "off", "unknown"]);
  });

  test("without its observer nothing is known, not even absence", () => {
    const run = aRun().trial().serve("vm-node1", 100).observer("vm-node2", false, "crashed").serve("vm-node1", 100);
    run.observer("vm-node2", true).serve("vm-node1", 100).end();
    expect(holdings(only(run), "vm-node2")).toEqual(["absent", "unknown", "absent"]);
  });

  test("an observer that dies just before the power-off is written belongs to it", () => {
    const run = aRun().trial().serve("vm-node1", 100).observer("vm-node2", false, "lost").serve("vm-node1", 50).powerOff("vm-node2");
    expect(holdings(only(run.serve("vm-node1", 100).end()), "vm-node2")).toEqual(["absent", "off"]);
  });

  test("a frozen node owns nothing; thawed, it goes on with what it had, which is unknown until it is watched again", () => {
    const run = aRun()
      .trial()
      .serve("vm-node1", 100)
      .inject({ nodes: ["vm-node1"] });
    run.vip("vm-node2", true).observer("vm-node1", false, "no answer").serve("vm-node2", 100);
    run.heal().serve("vm-node2", 100).observer("vm-node1", true).vip("vm-node1", true).end();
    expect(holdings(only(run), "vm-node1")).toEqual(["held", "off", "unknown", "held"]);
  });

  test("words of a node without power are not heard", () => {
    const run = aRun().trial().serve("vm-node1", 100).powerOff("vm-node1").vip("vm-node1", false).serve("vm-node2", 100).end();
    expect(holdings(only(run), "vm-node1")).toEqual(["held", "off"]);
  });
});

describe("snapshotsOf", () => {
  test("a state stands until that node says something else, or has no power", () => {
    const snapshots = snapshotsOf(only(powerOff())).filter((snapshot) => snapshot.observer === "vm-node1");
    const [first, second] = snapshots;
    expect(first?.toUs).toBe(3_000_000);
    expect(second?.fromUs).toBeGreaterThan(20_000_000);
    expect(second && placesOf(second.state, "vip")).toEqual(["vm-node2"]);
  });

  test("the state from before the trial is carried in", () => {
    const trial = only(linkDown());
    expect(snapshotsOf(trial).map((snapshot) => placesOf(snapshot.state, "httpd"))).toEqual([["vm-node1"], ["vm-node1"]]);
  });

  test("stopped, starting and stopping resources are nowhere", () => {
    const [event] = aRun().cluster(onNode("vm-node1")).events().slice(-1);
    if (event?.type !== "cluster") throw new Error("no cluster event");
    const as = (role: string) => placesOf({ ...event, resources: event.resources.map((entry) => ({ ...entry, role })) }, "vip");
    expect(["Started", "Stopping", "Starting", "Stopped"].map(as)).toEqual([["vm-node1"], [], [], []]);
  });
});
