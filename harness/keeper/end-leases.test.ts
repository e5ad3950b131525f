import { expect, test } from "vitest";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { fakeProvider } from "../lab/fake/fake-provider.js";
import type { Lab } from "../lab/lab.js";
import { breakNow, newFault, UNWATCHED } from "../run/faults-in-force.js";
import { endLeases, TRIES, type Tries } from "./end-leases.js";

const quiet = () => undefined;

async function labWith(...faults: [kind: string, leaseS: number][]): Promise<Lab> {
  const definition = sampleDefinition();
  const lab = await fakeProvider.start({ name: "lease", definition, folder: ".", onStep: quiet, keep: true });
  for (const [kind, leaseS] of faults) {
    const params = kind === "link-down" ? { nic: "eth0" } : kind === "gateway-blackhole" ? { how: "drop" } : {};
    const fault = newFault(kind, ["vm-node1"], params, leaseS);
    await breakNow(lab, fault, UNWATCHED);
  }
  return lab;
}

const kinds = async (lab: Lab) => (await lab.journal.list()).map(({ kind }) => kind);

test("what is over is taken back, what is not yet stays, and when to come again is the next end", async () => {
  const lab = await labWith(["link-down", 0], ["node-power-off", 300]);
  const nextS = await endLeases(lab, new Map(), quiet);
  expect(await kinds(lab)).toEqual(["node-power-off"]);
  expect(await lab.fabric.isCableCut("vm-node1", "eth0")).toBe(false);
  expect(await lab.nodes[0]?.isOn()).toBe(false);
  expect(nextS).toBeGreaterThan(290);
  expect(nextS).toBeLessThanOrEqual(300);
  await lab.destroy();
});

test("faults on a node without power can be taken back too, in any order", async () => {
  const lab = await labWith(["link-down", 0], ["gateway-blackhole", 0], ["node-power-off", 300]);
  await endLeases(lab, new Map(), quiet);
  expect(await kinds(lab)).toEqual(["node-power-off"]);
  await lab.destroy();
});

test("without any fault there is nothing to come again for", async () => {
  const lab = await labWith();
  expect(await endLeases(lab, new Map(), quiet)).toBe(Infinity);
  await lab.destroy();
});

test("an undo that cannot be proven is tried again, noted as dirty, and left in the end", async () => {
  const lab = await labWith(["gateway-blackhole", 0]);
  let asked = 0;
  const stuck: Lab = {
    ...lab,
    gateway: {
      ...lab.gateway,
      exec(argv, options) {
        if (argv[1] !== "delete") return lab.gateway.exec(argv, options);
        asked += 1;
        return Promise.resolve({ argv, exitCode: 0, stdout: "", stderr: "", ms: 0 });
      },
    },
  };
  const tries: Tries = new Map();
  for (let round = 1; round < TRIES; round += 1) expect(await endLeases(stuck, tries, quiet)).toBeLessThan(60);
  expect(await endLeases(stuck, tries, quiet)).toBe(Infinity);
  await endLeases(stuck, tries, quiet);
  expect(asked).toBe(TRIES);
  expect(await lab.journal.list()).toMatchObject([
    { kind: "gateway-blackhole", dirty: "there still is the table ip hachaos_blackhole_vm-node1" },
  ]);
  await lab.destroy();
});

test("what somebody else took back while we waited for the lab is left alone", async () => {
  const lab = await labWith(["node-power-off", 0]);
  const said: string[] = [];
  const raced: Lab = {
    ...lab,
    async lock() {
      for (const { id } of await lab.journal.list()) await lab.journal.remove(id);
      return { release: () => Promise.resolve() };
    },
  };
  await endLeases(raced, new Map(), (line) => said.push(line));
  expect(said).toEqual([]);
  expect(await lab.nodes[0]?.isOn()).toBe(false);
  await lab.destroy();
});

test("a lab that somebody else has is come back to", async () => {
  const lab = await labWith(["link-down", 0]);
  const busy: Lab = { ...lab, lock: () => Promise.reject(new Error("busy")) };
  expect(await endLeases(busy, new Map(), quiet)).toBe(0);
  expect(await kinds(lab)).toEqual(["link-down"]);
  await lab.destroy();
});
