import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../kernel/package-root.js";
import type { Host } from "../lab/lab.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

/** One lab for what a definition may ask of it beyond the maquette: BMCs, encrypted links, and legs that are one by LACP. */
const SUITES = join(packageRoot(), "suites");
const BONDS = `bonds:
  bond0: { network: private, nics: [eth0, eth1], mode: 802.3ad, miimon: 100ms, downdelay: 200ms, updelay: 200ms }
  bond1: { network: service, nics: [eth2, eth3], mode: active-backup, miimon: 100ms, downdelay: 200ms, updelay: 200ms }
`;
/** As in suites/fencing. */
const BMC = { "vm-node1": "10.20.14.101", "vm-node2": "10.20.14.102" };

let sandbox: Sandbox;
let node1: Host;
let node2: Host;
let fabric: Host;

beforeAll(async () => {
  sandbox = await openSandbox();
  const folder = join(sandbox.folder, "stack");
  mkdirSync(folder);
  cpSync(join(SUITES, "fencing/pacemaker.crm"), join(folder, "pacemaker.crm"));
  cpSync(join(SUITES, "encrypted/corosync.conf"), join(folder, "corosync.conf"));
  writeFileSync(join(folder, "cluster.yaml"), definition(folder));
  expectExit(await sandbox.cli("up", folder, "--name", sandbox.id), 0);
  const host = async (name: string) => (await sandbox.machine(name)).host;
  node1 = await host("vm-node1");
  node2 = await host("vm-node2");
  fabric = await host("fabric");
}, 600_000);
afterAll(async () => {
  await sandbox.close();
});

test.each(["vm-node1", "vm-node2"])("corosync on %s runs with the cipher and the hash of the file", async (name) => {
  const { host } = await sandbox.machine(name);
  const { stdout } = await host.exec(["corosync-cmapctl", "totem.crypto_cipher", "totem.crypto_hash"]);
  expect(stdout.trim().split("\n").sort()).toEqual(["totem.crypto_cipher (str) = aes256", "totem.crypto_hash (str) = sha256"]);
});

test("both ends of the cables have made one link of them, and go on with one when the other is pulled", async () => {
  for (const { host } of await Promise.all(["vm-node1", "vm-node2"].map(sandbox.machine))) {
    const { stdout } = await host.exec(["ovs-appctl", "lacp/show", "bond0-port"]);
    expect(stdout).toContain("status: active negotiated");
    expect(stdout.match(/partner state: .*collecting distributing/g)).toHaveLength(2);
  }
  expectExit(await sandbox.cli("inject", "link-down", "vm-node1", "--lab", sandbox.id), 0);
  await node1.exec(["ping", "-c", "2", "-i", "0.5", "-W", "2", "10.20.13.2"]);
});

test("a BMC tells the power to who knows the password, and to nobody else", async () => {
  expect((await ipmi(node2, "vm-node1", "status")).stdout).toContain("Status: ON");
  const stranger = await ipmi(node2, "vm-node1", "status", "guess");
  expect([stranger.exitCode, stranger.stdout]).toEqual([1, ""]);
});

test("a fenced node is off, and comes back by itself when it was to be restarted: with its cable still pulled, whoever lives", async () => {
  expect((await ipmi(node2, "vm-node1", "off")).exitCode).toBe(0);
  expect((await ipmi(node2, "vm-node1", "status")).stdout).toContain("Status: OFF");
  // Already off: that is a success too.
  expect((await ipmi(node2, "vm-node1", "off")).exitCode).toBe(0);
  const { stdout } = await sandbox.cli("status", sandbox.id, "--json");
  expect([...stdout.matchAll(/"power": "(\w+)"/g)].map(([, power]) => power)).toEqual(["off", "on"]);
  // The cluster misses the node and has it fenced as well; before that is done, it would be switched off again.
  await sandbox.waitFor("the cluster has fenced vm-node1", async () => {
    const said = await node2.exec(["crm_mon", "--one-shot", "--output-as=xml"], { allow: "any" });
    return /<node name="vm-node1"[^>]* online="false"[^>]* unclean="false"/.test(said.stdout);
  });
  expect((await ipmi(node2, "vm-node1", "reboot")).exitCode).toBe(0);
  await sandbox.waitFor("vm-node1 is a member again", async () => {
    const said = await node2.exec(["crm_mon", "--one-shot", "--output-as=xml"], { allow: "any" });
    return /<node name="vm-node1"[^>]* online="true"/.test(said.stdout);
  });
  expect((await node1.exec(["cat", "/sys/class/net/eth0/carrier"])).stdout.trim()).toBe("0");
  expect((await node1.exec(["cat", "/sys/class/net/eth1/carrier"])).stdout.trim()).toBe("1");
  expectExit(await sandbox.cli("heal", "--lab", sandbox.id), 0);
  expect((await node1.exec(["cat", "/sys/class/net/eth0/carrier"])).stdout.trim()).toBe("1");
});

test("nothing of a lab is left when it is removed, its BMCs included", async () => {
  // The fabric sees every process of this machine: its own are those in its network.
  const found = await fabric.exec(["sh", "-c", "exec pgrep --ns $$ --nslist net ipmi_sim"]);
  const pids = found.stdout.trim().split("\n");
  expect(pids).toHaveLength(2);
  expectExit(await sandbox.cli("down", sandbox.id), 0);
  await sandbox.expectNothingLeft(10_000);
  expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});

/** The stock agent in one node, asking another's BMC. */
function ipmi(from: Host, target: keyof typeof BMC, action: string, password = "maquette") {
  const login = ["--ip", BMC[target], "--username", "fencer", "--password", password, "--lanplus", "--cipher", "3"];
  return from.exec(["fence_ipmilan", ...login, "--action", action], { allow: "any", timeoutMs: 60_000 });
}

/** suites/fencing with other bonds, as seen from the sandbox. */
function definition(folder: string): string {
  return `extends: ${relative(folder, join(SUITES, "failover"))}
packages: [fence-agents, ipmitool]
management:
  subnet: 10.20.14.0/24
  user: fencer
  password: maquette
  nodes:
    vm-node1: { address: 10.20.14.1, bmc: ${BMC["vm-node1"]} }
    vm-node2: { address: 10.20.14.2, bmc: ${BMC["vm-node2"]} }
${BONDS}`;
}
