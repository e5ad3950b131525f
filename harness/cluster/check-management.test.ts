import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadDefinition } from "./load-definition.js";

const FENCING = "suites/fencing";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hachaos-management-"));
  await cp(FENCING, folder, { recursive: true });
  await change("cluster.yaml", "../failover", relative(folder, resolve("suites/failover")));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

it("resolves suites/fencing", async () => {
  expect((await loadDefinition(FENCING)).management).toEqual({
    ...{ subnet: "10.20.14.0/24", prefix: 24, nic: "mgmt0", user: "fencer", password: "maquette" },
    nodes: { "vm-node1": { address: "10.20.14.1", bmc: "10.20.14.101" }, "vm-node2": { address: "10.20.14.2", bmc: "10.20.14.102" } },
  });
});

it.each([
  ["cluster.yaml", "10.20.14.0/24", "10.20.14.5/24", "10.20.14.5/24 names a host in the subnet; write 10.20.14.0/24"],
  ["cluster.yaml", "10.20.14.0/24", "192.168.0.0/16", "192.168.0.0/16 overlaps 192.168.1.0/24 of network service"],
  ["cluster.yaml", "  user:", "  nic: eth0\n  user:", "eth0 belongs to bond0; out of band is a NIC that no bond carries"],
  ["cluster.yaml", "    vm-node2: {", "    vm-node3: {", "vm-node2 is missing; add vm-node2: { address: <address>, bmc: <address> }"],
  ["cluster.yaml", "    vm-node2: {", "    vm-node3: {", "vm-node3 is no node; did you mean vm-node"],
  ["cluster.yaml", "10.20.14.2,", "10.20.15.2,", "10.20.15.2 is no host address of 10.20.14.0/24; use one from 10.20.14.1 to 10.20.14.254"],
  ["cluster.yaml", "10.20.14.2,", "10.20.14.101,", "10.20.14.101 is already the bmc of vm-node1; give each a different one"],
  ["cluster.yaml", "user: fencer", "user: two words", "management.user: is no IPMI user name"],
  ["pacemaker.crm", "ip=10.20.14.101", "ip=10.20.14.103", "fence-node1 asks the BMC at 10.20.14.103, which cluster.yaml does not have"],
  [
    "pacemaker.crm",
    "ip=10.20.14.101",
    "ip=10.20.14.102",
    "fence-node1 fences vm-node1 (pcmk_host_list), but 10.20.14.102 is the BMC of vm-node2",
  ],
  ["pacemaker.crm", "username=fencer", "login=root", "fence-node1 has username=root, which the BMCs do not know; use fencer"],
  ["pacemaker.crm", "password=maquette", "passwd=guess", "fence-node1 has a password that is not the one under management"],
])("refuses in %s %j -> %j", async (file, from, to, message) => {
  await change(file, from, to);
  await expect(loadDefinition(folder)).rejects.toThrow(message);
});

it("refuses a device that asks a BMC where there is none", async () => {
  const text = await readFile(join(folder, "cluster.yaml"), "utf8");
  await writeFile(join(folder, "cluster.yaml"), text.replace(/^management:\n( .*\n)+/m, ""));
  const refused = loadDefinition(folder);
  await expect(refused).rejects.toThrow(
    /pacemaker.crm:\d+:\d+: fence-node1 asks the BMC at 10.20.14.101, and cluster.yaml has no management/,
  );
});

async function change(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}
