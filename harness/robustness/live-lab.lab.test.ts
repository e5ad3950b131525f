import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultInForce } from "../lab/lab.js";
import type { LabSummary } from "../lab/labs.js";
import { hostNetwork } from "./testing/host-network.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

let sandbox: Sandbox;
let networkBefore: ReturnType<typeof hostNetwork>;

beforeAll(async () => {
  sandbox = await openSandbox();
  networkBefore = hostNetwork();
  expectExit(await sandbox.cli("up", sandbox.suite("live"), "--name", sandbox.id), 0);
});
afterAll(async () => {
  await sandbox.close();
});

test("a cable is pulled by one command and put back by another, which find the lab and the fault by themselves", async () => {
  expect(await carrier("vm-node1", "eth0")).toBe("1");
  const injected = await sandbox.cli("inject", "link-down", "vm-node1", "nic=eth0");
  expectExit(injected, 0);
  expect(injected.stdout).toBe("vm-node1: /sys/class/net/eth0/carrier is 0\n");
  expect(await carrier("vm-node1", "eth0")).toBe("0");
  expect(await faults()).toMatchObject([{ kind: "link-down", nodes: ["vm-node1"], params: { nic: "eth0" } }]);

  const healed = await sandbox.cli("heal", "link-down");
  expectExit(healed, 0);
  expect(healed.stdout).toBe("vm-node1: /sys/class/net/eth0/carrier is 1\n");
  expect(await carrier("vm-node1", "eth0")).toBe("1");
  expect(await faults()).toEqual([]);
});

test("the active node loses its power and another fault comes on top; heal --all takes both back", async () => {
  expectExit(await sandbox.cli("inject", "node-power-off"), 0);
  await sandbox.waitFor("the standby serves", async () => (await page()).includes("served by vm-node2"));
  expectExit(await sandbox.cli("inject", "gateway-blackhole", "vm-node2"), 0);
  expect((await faults()).map(({ kind }) => kind)).toEqual(["node-power-off", "gateway-blackhole"]);
  const ambiguous = await sandbox.cli("heal");
  expectExit(ambiguous, 2);
  expect(ambiguous.stderr).toContain("which one: node-power-off-");

  const healed = await sandbox.cli("heal", "--all");
  expectExit(healed, 0);
  expect(healed.stdout).toMatch(/^gateway: table ip hachaos_blackhole is gone\n.*\nvm-node1: on again, with eth0 /);
  expect(await faults()).toEqual([]);
  await sandbox.waitFor("the preferred node serves again", async () => (await page()).includes("served by vm-node1"));
});

test("a fault that finds nothing to break says so, exit 4, and stays in the journal until it is taken back", async () => {
  const nothing = await sandbox.cli("inject", "apache-kill", "vm-node2");
  expectExit(nothing, 4);
  expect(nothing.stderr).toContain("there is nothing to kill");
  expect(await faults()).toMatchObject([{ kind: "apache-kill" }]);
  expectExit(await sandbox.cli("heal"), 0);
  expect(await faults()).toEqual([]);
});

test("a shell's command has its own words and exit code", async () => {
  const monitor = await sandbox.cli("shell", "vm-node2", "--", "crm_mon", "-1");
  expectExit(monitor, 0);
  expect(monitor.stdout).toContain("vm-node1");
  const failed = await sandbox.cli("shell", "client", "--", "sh", "-c", "echo to the right >&2; exit 7");
  expect([failed.exitCode, failed.stdout, failed.stderr]).toEqual([7, "", "to the right\n"]);
  expectExit(await sandbox.cli("shell", "vm-node3"), 2);
});

test("nothing is left, and this machine's network is as it was", async () => {
  expectExit(await sandbox.cli("down"), 0);
  await sandbox.expectNothingLeft();
  expect(hostNetwork()).toEqual(networkBefore);
});

async function carrier(node: string, nic: string): Promise<string> {
  const read = await sandbox.cli("shell", node, "--", "cat", `/sys/class/net/${nic}/carrier`);
  return read.stdout.trim();
}

async function page(): Promise<string> {
  return (await sandbox.cli("shell", "client", "--", "wget", "-q", "-O", "-", "--timeout=1", "--tries=1", "http://192.168.1.60/")).stdout;
}

async function faults(): Promise<FaultInForce[]> {
  const shown = await sandbox.cli("status", "--json");
  expectExit(shown, 0);
  const [lab] = JSON.parse(shown.stdout) as (LabSummary & { faults: FaultInForce[] })[];
  return lab?.faults ?? [];
}
