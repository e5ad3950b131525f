import { expect, test } from "vitest";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { fakeProvider } from "../lab/fake/fake-provider.js";
import type { Lab } from "../lab/lab.js";
import { breakNow, findTraces, newFault, UNWATCHED } from "./faults-in-force.js";
import { healLab } from "./heal-lab.js";

const nothing = () => undefined;

async function brokenLab(): Promise<Lab> {
  const lab = await fakeProvider.start({ name: "heal", definition: sampleDefinition(), folder: ".", onStep: nothing, keep: true });
  for (const fault of [
    newFault("link-down", ["vm-node2"], { nic: "eth2" }, 600),
    newFault("gateway-blackhole", ["vm-node2"], { how: "drop" }, 600),
    newFault("node-power-off", ["vm-node1"], {}, 600),
  ]) {
    await breakNow(lab, fault, UNWATCHED);
  }
  return lab;
}

async function heal(lab: Lab): Promise<string[]> {
  const done: string[] = [];
  await healLab(lab, await lab.journal.list(), { traces: true }, { healed: (name) => done.push(name.split("-")[0] ?? "") });
  return done;
}

test("the last fault is taken back first", async () => {
  const lab = await brokenLab();
  expect(await heal(lab)).toEqual(["node", "gateway", "link"]);
  expect(await lab.journal.list()).toEqual([]);
  await lab.destroy();
});

test("one that fails does not keep the others; all failures are told together, and the journal notes why", async () => {
  const lab = await brokenLab();
  const stuck: Lab = {
    ...lab,
    nodes: lab.nodes.map((node) => ({ ...node, powerOn: () => Promise.reject(new Error("no current")) })),
    fabric: { ...lab.fabric, setCable: () => Promise.reject(new Error("no plug")) },
  };
  await expect(heal(stuck)).rejects.toMatchObject({
    code: "undo-not-proven",
    exitCode: 3,
    message: expect.stringMatching(/node-power-off-\w+: no current\n {2}link-down-\w+: no plug/) as string,
  });
  expect(await lab.journal.list()).toMatchObject([
    { kind: "link-down", dirty: "no plug" },
    { kind: "node-power-off", dirty: "no current" },
  ]);
  await lab.destroy();
});

test("without a journal it goes by what faults leave in the lab", async () => {
  const lab = await brokenLab();
  for (const { id } of await lab.journal.list()) await lab.journal.remove(id);
  await heal(lab);
  expect(await lab.nodes[0]?.isOn()).toBe(true);
  expect(await lab.fabric.isCableCut("vm-node2", "eth2")).toBe(false);
  expect((await lab.gateway.exec(["nft", "list", "tables"])).stdout).toBe("");
  await lab.destroy();
});

test("a gateway that is silent to two nodes answers the one again whose fault is taken back, and not the other", async () => {
  const lab = await fakeProvider.start({ name: "heal", definition: sampleDefinition(), folder: ".", onStep: nothing, keep: true });
  const [first, second] = ["vm-node1", "vm-node2"].map((node) => newFault("gateway-blackhole", [node], { how: "drop" }, 600));
  for (const fault of [first!, second!]) await breakNow(lab, fault, UNWATCHED);
  await healLab(lab, [first!], { traces: false }, {});
  expect(await findTraces(lab)).toEqual([{ kind: "gateway-blackhole", nodes: ["vm-node2"], params: { how: "drop" } }]);
  await healLab(lab, [second!], { traces: false }, {});
  expect(await findTraces(lab)).toEqual([]);
  await lab.destroy();
});

test("in a whole lab there is nothing to do", async () => {
  const lab = await fakeProvider.start({ name: "heal", definition: sampleDefinition(), folder: ".", onStep: nothing, keep: true });
  expect(await heal(lab)).toEqual([]);
  await lab.destroy();
});
