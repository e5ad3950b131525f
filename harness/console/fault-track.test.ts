import { beforeAll, describe, expect, it } from "vitest";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { fakeProvider } from "../lab/fake/fake-provider.js";
import type { JournalEntry, Lab } from "../lab/lab.js";
import { FaultTrack, partsOf } from "./fault-track.js";
import { LiveWindow } from "./live-window.js";

let lab: Lab;
beforeAll(async () => {
  lab = await fakeProvider.start({ name: "lab", definition: sampleDefinition(), folder: ".", keep: true, onStep: () => undefined });
});

const SECOND = 1_000_000;
const proof = { bit: true as const, evidence: ["carrier is 0"] };
function fault(id: string, kind: string, params: JournalEntry["params"] = {}): JournalEntry {
  return { id, kind, params, nodes: ["vm-node1"], since: "", leaseS: 600, leftS: 600, dirty: null, proof: null };
}

describe("the track of faults", () => {
  it("tells what came and what went, whoever did it", () => {
    const track = new FaultTrack(lab);
    const cable = fault("a", "link-down", { nic: "eth0" });
    expect(track.look([cable], 0).came.map(({ id }) => id)).toEqual(["a"]);
    expect(track.look([cable], SECOND)).toEqual({ came: [], went: [] });
    expect(track.look([], 2 * SECOND).went.map(({ id }) => id)).toEqual(["a"]);
    expect(track.inForce()).toEqual([]);
    expect(track.look([cable], 3 * SECOND).came).toHaveLength(1);
  });

  it("draws a row for each: hatched until proven, full while it holds, hatched while it is taken back, gone after the window", () => {
    const track = new FaultTrack(lab);
    const window = new LiveWindow(lab.definition);
    const cable = fault("a", "link-down", { nic: "eth0" });
    const looks = (atUs: number) =>
      track
        .lane(window.scope(atUs))
        .rows.map(({ marks }) => marks.map((mark) => (mark.kind === "span" ? [mark.label, mark.look ?? "full"] : [])));
    expect(looks(0)).toEqual([[]]);
    track.look([cable, fault("b", "node-power-off")], 10 * SECOND);
    expect(looks(11 * SECOND)).toEqual([[["", "hatched"]], [["", "hatched"]]]);
    track.look([{ ...cable, proof }], 12 * SECOND);
    expect(looks(13 * SECOND)[0]).toEqual([
      ["", "hatched"],
      ["eth0 pulled", "full"],
    ]);
    track.healing("a", 14 * SECOND);
    track.look([], 16 * SECOND);
    expect(looks(20 * SECOND)[0]).toEqual([
      ["", "hatched"],
      ["eth0 pulled", "full"],
      ["", "hatched"],
    ]);
    expect(looks(80 * SECOND)).toEqual([[]]);
  });
});

describe("the parts that a fault breaks", () => {
  const parts = (kind: string, params: JournalEntry["params"] = {}) => {
    const track = new FaultTrack(lab);
    const [tracked] = track.look([{ ...fault("x", kind, params), nodes: kind === "private-links-cut" ? [] : ["vm-node1"] }], 0).came;
    return partsOf(lab, tracked!).sort();
  };
  it("are both ends of a direct cable, and one of a cable to a switch", () => {
    expect(parts("link-down", { nic: "eth0" })).toEqual(["nic:vm-node1.eth0", "nic:vm-node2.eth0"]);
    expect(parts("link-down", { nic: "eth2" })).toEqual(["nic:vm-node1.eth2"]);
    expect(parts("private-links-cut")).toEqual(["nic:vm-node1.eth0", "nic:vm-node1.eth1", "nic:vm-node2.eth0", "nic:vm-node2.eth1"]);
  });
  it("are the process and its node, the gateway and the node, or the node alone where nothing else is drawn", () => {
    expect(parts("apache-kill")).toEqual(["node:vm-node1", "process:vm-node1.apache2"]);
    expect(parts("gateway-blackhole")).toEqual(["gateway:gateway", "node:vm-node1"]);
    expect(parts("address-delete")).toEqual(["node:vm-node1"]);
  });
  it("are none for a NIC that is not there", () => {
    expect(parts("link-down", { nic: "eth9" })).toEqual([]);
  });
});
