import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { JOURNAL_AT } from "../lab/containers/journal.js";
import { labLock } from "../lab/containers/lab-lock.js";
import type { JournalEntry } from "../lab/lab.js";
import type { LabSummary } from "../lab/labs.js";
import { hostNetwork } from "./testing/host-network.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";
import { sandboxTest } from "./testing/sandbox-test.js";

let sandbox: Sandbox;
let networkBefore: ReturnType<typeof hostNetwork>;

beforeAll(async () => {
  sandbox = await openSandbox();
  networkBefore = hostNetwork();
  expectExit(await sandbox.cli("up", sandbox.suite("lease"), "--name", sandbox.id), 0);
});
afterAll(async () => {
  await sandbox.close();
});

/** Nothing of ours runs on this machine outside of the lab. */
function expectNobody(): void {
  expect(sandbox.processes()).toEqual([]);
}

describe("a fault undoes itself when its lease is over and no hachaos is left", () => {
  test("a pulled cable", async () => {
    expectExit(await sandbox.cli("inject", "link-down", "vm-node1", "nic=eth0", "--for", "5s"), 0);
    expectNobody();
    expect(await said("vm-node1", "cat", "/sys/class/net/eth0/carrier")).toBe("0");
    await sandbox.waitFor("the cable is back", async () => (await said("vm-node1", "cat", "/sys/class/net/eth0/carrier")) === "1");
    await expectEmptyJournal();
    expectNobody();
  });

  test("a silent gateway", async () => {
    expectExit(await sandbox.cli("inject", "gateway-blackhole", "vm-node1", "--for", "5s"), 0);
    expectNobody();
    expect(await said("gateway", "nft", "list", "tables")).toBe("table ip hachaos_blackhole_vm-node1");
    await sandbox.waitFor("the table is gone", async () => (await said("gateway", "nft", "list", "tables")) === "");
    expect(await said("vm-node1", "ping", "-n", "-c", "1", "-W", "1", "192.168.1.1")).toContain("1 received");
    await expectEmptyJournal();
    expectNobody();
  });

  test("the active node without power: it has no process, agent or NIC left, and boots again as the same machine", async () => {
    await sandbox.waitFor("the preferred node serves", async () => (await page()).includes("served by vm-node1"));
    const macs = await said("vm-node1", "cat", "/sys/class/net/eth0/address", "/sys/class/net/eth3/address");
    const node = await sandbox.machine("vm-node1");
    const agent = await node.stream(["cat"], () => undefined);
    expectExit(await sandbox.cli("inject", "node-power-off", "--for", "12s"), 0);
    expectNobody();
    await agent.ended;
    await sandbox.waitFor("its container waits", async () => (await said("vm-node1", "cat", "/proc/1/comm")) === "hachaos-init");
    expect(await said("vm-node1", "ls", "/sys/class/net")).toBe("lo");
    expect(await said("vm-node1", "pgrep", "corosync|pacemaker|apache|ovs|systemd")).toBe("");
    expect((await status()).hosts.find(({ name }) => name === "vm-node1")?.state).toBe("off");
    const shell = await sandbox.cli("shell", "vm-node1", "--", "true");
    expectExit(shell, 3);
    expect(shell.stderr).toContain("vm-node1 has no power");

    await sandbox.waitFor("the standby serves", async () => (await page()).includes("served by vm-node2"));
    await sandbox.waitFor("the fault is over", async () => (await journal()) === "");
    expect(await said("vm-node1", "systemctl", "is-active", "corosync", "pacemaker")).toBe("active\nactive");
    expect(await said("vm-node1", "cat", "/sys/class/net/eth0/address", "/sys/class/net/eth3/address")).toBe(macs);
    await sandbox.waitFor("the preferred node serves again", async () => (await page()).includes("served by vm-node1"));
    expectNobody();
  });
});

test("of two commands the second waits for the first, and says so", async () => {
  const lock = await labLock(await sandbox.machine("fabric"))("a long job");
  onTestFinished(() => lock.release());
  const inject = sandbox.start(["inject", "link-down", "vm-node2", "nic=eth1"]);
  await sandbox.until(inject, "it waits", () => inject.said().includes("waiting for another hachaos: a long job"));
  expect((await status()).faults).toEqual([]);
  await lock.release();
  expectExit(await inject.ended, 0);
  expectExit(await sandbox.cli("heal", "link-down"), 0);
  // Taken back already: that is no error.
  expectExit(await sandbox.cli("heal", "link-down"), 0);
  expectExit(await sandbox.cli("heal", "link-dwon"), 2);
});

test("an undo that cannot be proven makes the lab dirty: it says so and refuses the next fault; nobody else's rule is touched", async () => {
  expectExit(await sandbox.cli("inject", "gateway-blackhole", "vm-node2", "--for", "1h"), 0);
  const theirs = "table ip theirs { chain input { type filter hook input priority 0; icmp type echo-request drop; }; }";
  await (await sandbox.machine("gateway")).host.exec(["nft", "--file", "-"], { stdin: theirs });
  const heal = await sandbox.cli("heal", "--all");
  expectExit(heal, 3);
  expect(heal.stderr).toContain("vm-node2: ping 192.168.1.1 still not answered");
  expect(await status()).toMatchObject({ dirty: true, faults: [{ dirty: "vm-node2: ping 192.168.1.1 still not answered" }] });
  expect((await sandbox.cli("status")).stdout).toContain("dirty: hachaos heal --all tries again");
  const refused = await sandbox.cli("inject", "link-down", "vm-node1");
  expectExit(refused, 3);
  expect(refused.stderr).toContain("error lab-dirty");

  expect(await said("gateway", "nft", "list", "tables"), "only ours is gone").toBe("table ip theirs");
  await said("gateway", "nft", "delete", "table", "ip", "theirs");
  expectExit(await sandbox.cli("heal", "--all"), 0);
  expect(await status()).toMatchObject({ dirty: false, faults: [] });
});

test("heal --all finds what is broken when the journal is gone", async () => {
  expectExit(await sandbox.cli("inject", "link-down", "vm-node2", "nic=eth2", "--for", "1h"), 0);
  expectExit(await sandbox.cli("inject", "gateway-blackhole", "vm-node2", "--for", "1h"), 0);
  expectExit(await sandbox.cli("inject", "node-power-off", "vm-node1", "--for", "1h"), 0);
  await said("fabric", "rm", "--recursive", JOURNAL_AT);
  const healed = await sandbox.cli("heal", "--all");
  expectExit(healed, 0);
  expect(healed.stderr).toContain("node-power-off of vm-node1, which the journal does not hold, is taken back");
  expect(await said("vm-node2", "cat", "/sys/class/net/eth2/carrier")).toBe("1");
  expect(await said("vm-node1", "cat", "/sys/class/net/eth0/carrier")).toBe("1");
  expect(await said("gateway", "nft", "list", "tables")).toBe("");
  await sandbox.waitFor("the preferred node serves again", async () => (await page()).includes("served by vm-node1"));
});

test("nothing is left, and this machine's network is as it was", async () => {
  expectExit(await sandbox.cli("down"), 0);
  await sandbox.expectNothingLeft();
  expect(hostNetwork()).toEqual(networkBefore);
});

/** The expected node never serves, so the fault stays in force until the limit. */
const LASTING_FAULT = `fault("cable", "link-down", { target: "standby", expect: "standby" })`;

sandboxTest("hachaos run killed with the process that holds the lab, in mid-fault: the lab heals itself", async ({ sandbox: own }) => {
  const run = own.run(own.suite("killed", LASTING_FAULT));
  const worker = await own.worker(run);
  await own.eventOf(run, "fault-proven");
  run.kill("SIGKILL");
  process.kill(worker, "SIGKILL");
  await run.ended;
  expect(own.processes()).toEqual([]);
  const { host } = await own.machine("vm-node2");
  const carrier = async () => (await host.exec(["cat", "/sys/class/net/eth0/carrier"])).stdout.trim();
  expect(await carrier()).toBe("0");
  // Its trial's limit of some 20 s and a minute on top, of which some has passed.
  await own.waitFor("the cable is back", async () => (await carrier()) === "1");
  const shown = await own.cli("status", "--json");
  expect(JSON.parse(shown.stdout)).toMatchObject([{ state: "orphaned", faults: [], dirty: false }]);
  expectExit(await own.cli("down", "--all"), 0);
  await own.expectNothingLeft();
});

async function said(host: string, ...argv: string[]): Promise<string> {
  const machine = await sandbox.machine(host);
  return (await machine.host.exec(argv, { allow: "any" })).stdout.trim();
}

async function page(): Promise<string> {
  return said("client", "wget", "-q", "-O", "-", "--timeout=1", "--tries=1", "http://192.168.1.60/");
}

async function journal(): Promise<string> {
  return said("fabric", "ls", JOURNAL_AT);
}

/** The keeper strikes a fault off once its undo is proven, which may take it a moment longer than the kernel. */
async function expectEmptyJournal(): Promise<void> {
  await sandbox.waitFor("the journal is empty", async () => (await journal()) === "");
}

type ShownLab = LabSummary & { faults: JournalEntry[]; dirty: boolean };

async function status(): Promise<ShownLab> {
  const shown = await sandbox.cli("status", "--json");
  expectExit(shown, 0);
  const [lab] = JSON.parse(shown.stdout) as ShownLab[];
  if (!lab) throw new Error("no lab is up");
  return lab;
}
