import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readResults } from "../check/read-results.js";
import { findRun } from "../history/run-store.js";
import { expectExit, openSandbox, type Sandbox } from "../robustness/testing/sandbox.js";
import { openSshMachines, type SshMachines } from "../robustness/testing/ssh-machines.js";

let sandbox: Sandbox;
let machines: SshMachines;

/** Whole machines with a kernel of their own: what containers cannot show is the kernel's bonding driver, and a machine that is reset. */
beforeAll(async () => {
  sandbox = await openSandbox();
  machines = await openSshMachines(sandbox, "vm");
});
afterAll(async () => {
  machines.close();
  await sandbox.close();
});

const inject = (...fault: string[]) => sandbox.cli("inject", ...fault, "--lab", machines.suite("virtual"), "--yes");
const heal = () => sandbox.cli("heal", "--all", "--lab", machines.suite("virtual"));

test("the standard tests pass through ssh alone, each fault proven and healed", async () => {
  const reports = join(sandbox.folder, "reports-over-ssh");
  const run = await sandbox.cli("run", machines.suite("standard"), "--provider", "ssh", "--yes", "--report-dir", reports);
  expect(run.exitCode, `${run.stdout}\n${run.stderr}`).toBe(0);
  const { run: facts, tests } = readResults(findRun(reports).results);
  expect(facts).toMatchObject({ provider: "ssh", bonding: "kernel" });
  expect(tests.map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual([
    "baseline: pass",
    "link-down-active: pass",
    "link-down-standby: pass",
    "private-links-cut: pass",
    "apache-kill: pass",
    "gateway-blackhole: pass",
    "node-power-off: pass",
  ]);
  expect(await machines.traces()).toEqual([]);
});

test("a NIC that is set down: the bond takes its other leg, and has the first one back once it is healed", async () => {
  const activeLeg = () => machines.said("vm-node2", "cat", "/sys/class/net/bond0/bonding/active_slave");
  expect(await activeLeg()).toBe("eth0");
  expectExit(await inject("link-down", "vm-node2", "nic=eth0", "--for", "10m"), 0);
  await sandbox.waitFor("the other leg is active", async () => (await activeLeg()) === "eth1");
  expectExit(await heal(), 0);
  await sandbox.waitFor("the first leg is active again", async () => (await activeLeg()) === "eth0");
  expect(await machines.traces()).toEqual([]);
});

test("a NIC that is silent in both directions, which its bond does not notice", async () => {
  expectExit(await inject("link-silent", "vm-node2", "nic=eth0", "--for", "10m"), 0);
  expect(await machines.said("vm-node2", "cat", "/sys/class/net/bond0/bonding/active_slave")).toBe("eth0");
  await sandbox.waitFor("corosync's first link is down", async () =>
    (await machines.said("vm-node2", "corosync-cfgtool", "-s")).includes("disconnected"),
  );
  expectExit(await heal(), 0);
  expect(await machines.traces()).toEqual([]);
});

test("a machine that is reset comes back by itself, with its daemons, and without a trace", async () => {
  const bootId = () => machines.said("vm-node2", "cat", "/proc/sys/kernel/random/boot_id");
  const before = await bootId();
  const reset = await inject("node-power-off", "vm-node2", "--for", "30m");
  expectExit(reset, 0);
  expect(reset.stdout).toContain("vm-node2: off, without any NIC");
  await sandbox.waitFor("it has booted", async () => !["", before].includes(await bootId()));
  expectExit(await heal(), 0);
  expect(await machines.said("vm-node2", "systemctl", "is-active", "corosync", "pacemaker")).toBe("active\nactive");
  expect(await machines.traces()).toEqual([]);
});
