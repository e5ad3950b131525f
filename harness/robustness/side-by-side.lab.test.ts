import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../kernel/package-root.js";
import type { LabSummary } from "../lab/labs.js";
import { hostNetwork } from "./testing/host-network.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

const SUITES = ["failover", "article"] as const;

let sandbox: Sandbox;
let networkBefore: ReturnType<typeof hostNetwork>;
const nameOf = (suite: string): string => `${suite}-${sandbox.id}`;

beforeAll(async () => {
  sandbox = await openSandbox();
  networkBefore = hostNetwork();
  const ups = await Promise.all(SUITES.map((suite) => sandbox.cli("up", join(packageRoot(), "suites", suite), "--name", nameOf(suite))));
  for (const up of ups) expectExit(up, 0);
});
afterAll(async () => {
  await sandbox.close();
});

test("two labs with the same addresses answer with their own nodes, and this machine's network is as it was", async () => {
  for (const suite of SUITES) {
    await docker("exec", `hachaos-${nameOf(suite)}-vm-node1`, "sh", "-c", 'echo "$0" > /var/www/html/lab.txt', nameOf(suite));
    expect(await get(suite, "lab.txt"), `the lab that the client of ${suite} reaches`).toBe(`${nameOf(suite)}\n`);
  }
  expect(hostNetwork()).toEqual(networkBefore);
});

test("status shows both", async () => {
  const labs = await status();
  expect(labs.map(({ name, state }) => `${name} ${state}`).sort()).toEqual(SUITES.map((suite) => `${nameOf(suite)} stays`).sort());
  for (const lab of labs) expect(lab.hosts.map(({ name, state }) => `${name} ${state}`)).toContain("vm-node2 running");
});

test("a node killed in one lab does not disturb the other", async () => {
  await docker("kill", `hachaos-${nameOf("failover")}-vm-node1`);
  expect(await get("article"), "the other lab's page").toContain("served by vm-node1");
  await sandbox.waitFor("the standby of the first lab serves", async () =>
    (await get("failover").catch(String)).includes("served by vm-node2"),
  );
  expect(await get("article"), "the other lab's page").toContain("served by vm-node1");
});

test("down removes the lab named, with its dead node, and leaves the other alone", async () => {
  expectExit(await sandbox.cli("down", nameOf("failover")), 0);
  expect((await status()).map(({ name }) => name)).toEqual([nameOf("article")]);
  expect(await get("article")).toContain("served by vm-node1");
  expectExit(await sandbox.cli("down"), 0);
  await sandbox.expectNothingLeft();
  expect(hostNetwork()).toEqual(networkBefore);
});

async function status(): Promise<LabSummary[]> {
  const shown = await sandbox.cli("status", "--json");
  expectExit(shown, 0);
  return JSON.parse(shown.stdout) as LabSummary[];
}

/** What the lab's client gets from the service. */
function get(suite: string, path = ""): Promise<string> {
  const wget = ["wget", "-q", "-O", "-", "--timeout=1", "--tries=1"];
  return docker("exec", `hachaos-${nameOf(suite)}-client`, ...wget, `http://192.168.1.60/${path}`);
}

async function docker(...args: string[]): Promise<string> {
  return (await promisify(execFile)("docker", args)).stdout;
}
