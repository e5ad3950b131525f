import { afterAll, beforeAll, expect, test } from "vitest";
import { engineMachine } from "../lab/containers/engine-machine.js";
import { LABELS } from "../lab/containers/labels.js";
import { noteTaken, TAKEN_AT } from "../lab/containers/lab-note.js";
import type { LabSummary } from "../lab/labs.js";
import { hostNetwork } from "./testing/host-network.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

let sandbox: Sandbox;
let networkBefore: ReturnType<typeof hostNetwork>;
/** Two suites, and the one of which a spare is made first. */
let suites: Record<string, string>;
let first: string;
let spare: string;

beforeAll(async () => {
  sandbox = await openSandbox();
  networkBefore = hostNetwork();
  suites = Object.fromEntries(["one", "two"].map((name) => [`${name}-${sandbox.id}`, sandbox.suite(`${name}-${sandbox.id}`)]));
});
afterAll(async () => {
  await sandbox.close();
});

test("two labs are built side by side, then spares; Ctrl-C ends only the making of spares", async () => {
  const up = sandbox.start(["up", ...Object.values(suites), "--spare", "1"]);
  const names = Object.keys(suites);
  for (const name of names) await sandbox.until(up, `${name} is up`, () => up.said().includes(`${name} is up after`));
  // No lab waited for the other.
  expect(up.said().lastIndexOf(": containers ...\n")).toBeLessThan(up.said().search(/: membership: /));
  await sandbox.until(up, "a spare is there and the next is being made", async () => {
    [, spare = "", first = ""] = /^((\S+)-[0-9a-f]{4}) is spare after/m.exec(up.said()) ?? [];
    return spare !== "" && (await labs()).length === 4;
  });
  up.kill("SIGINT");
  const ended = await up.ended;
  expectExit(ended, 130);
  expect(ended.stderr).toMatch(/interrupted; up, and left as it is: \S+, \S+\n/);
  expect(names).toContain(first);
  expect(await states()).toEqual({ [names[0] ?? ""]: "stays", [names[1] ?? ""]: "stays", [spare]: "spare" });
});

test("a spare is nobody's: no command takes it for the only lab, and none breaks it", async () => {
  const other = Object.keys(suites).find((name) => name !== first) ?? "";
  expectExit(await sandbox.cli("down", other), 0);
  const shown = await sandbox.cli("status");
  expectExit(shown, 0);
  expect(shown.stdout).toMatch(new RegExp(`^${first} .*\n`));
  expect(shown.stdout).toMatch(new RegExp(`\nspare: ${spare}\n$`));
  const refused = await sandbox.cli("inject", "link-down", "vm-node1", "nic=eth0", "--lab", spare);
  expectExit(refused, 2);
  expect(refused.stderr).toContain(`the lab ${spare} is a spare`);
  const down = await sandbox.cli("down");
  expectExit(down, 0);
  expect(down.stdout).toBe(`removed ${first}\n`);
});

test("two take at once: one gets the spare within a moment, the other builds", async () => {
  const ups = [1, 2].map(() => sandbox.start(["up", suites[first] ?? ""]));
  const ended = await Promise.all(ups.map(({ ended }) => ended));
  for (const up of ended) expectExit(up, 0);
  const said = ended.map(({ stdout }) => stdout.split(" is up after ")[0]);
  expect(said.sort()).toEqual([first, spare].sort());
  expect(ended.filter(({ stdout }) => stdout.includes("taken from the spares"))).toHaveLength(1);
  expect(await states()).toEqual({ [first]: "stays", [spare]: "stays" });
  expect(await page(spare)).toContain("served by vm-node1");
  // Whoever comes later, however many at once, does not get it again.
  const fabric = await fabricOf(spare);
  expect(await Promise.all([1, 2, 3].map(() => noteTaken(fabric)))).toEqual([false, false, false]);
  await fabric.exec(["rm", TAKEN_AT]);
  expect((await Promise.all([1, 2, 3, 4, 5].map(() => noteTaken(fabric)))).filter(Boolean)).toHaveLength(1);
});

test("a spare that is not fit is removed, and says why", async () => {
  expectExit(await sandbox.cli("inject", "gateway-blackhole", "vm-node1", "--lab", spare), 0);
  await (await fabricOf(spare)).exec(["rm", TAKEN_AT]);
  expect((await states())[spare]).toBe("spare");
  const up = await sandbox.cli("up", suites[first] ?? "");
  // The name is not free: so it ends before it builds.
  expectExit(up, 2);
  expect(up.stderr).toMatch(new RegExp(`the spare ${spare} is not fit and was removed: gateway-blackhole-.* is in its journal`));
  expect(await states()).toEqual({ [first]: "stays" });
});

test("nothing is left, and this machine's network is as it was", async () => {
  expectExit(await sandbox.cli("down", first), 0);
  await sandbox.expectNothingLeft();
  expect(hostNetwork()).toEqual(networkBefore);
});

async function labs(): Promise<LabSummary[]> {
  const shown = await sandbox.cli("status", "--json");
  expectExit(shown, 0);
  return JSON.parse(shown.stdout) as LabSummary[];
}

async function states(): Promise<Record<string, string>> {
  return Object.fromEntries((await labs()).map(({ name, state }) => [name, state]));
}

async function fabricOf(lab: string) {
  const found = (await sandbox.containers()).find(({ Labels }) => Labels[LABELS.lab] === lab && Labels[LABELS.role] === "fabric");
  return engineMachine(sandbox.docker, found?.Id ?? "", "fabric").host;
}

async function page(lab: string): Promise<string> {
  const wget = ["wget", "-q", "-O", "-", "--timeout=1", "--tries=1", "http://192.168.1.60/"];
  return (await sandbox.cli("shell", "--lab", lab, "client", "--", ...wget)).stdout;
}
