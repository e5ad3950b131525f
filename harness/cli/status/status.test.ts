import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { loadDefinition } from "../../cluster/load-definition.js";
import { HachaosError } from "../../kernel/errors.js";
import { packageRoot } from "../../kernel/package-root.js";
import type { ClusterNode, CommandResult } from "../../lab/lab.js";
import { ovsLegs } from "../../probe/agents/watchers/ovs-bond.js";
import { askTogether } from "./ask.js";
import { kernelLegs } from "./bond-status.js";
import { labSaid, type LabStatus } from "./lab-status.js";
import { askNode } from "./node-status.js";
import { statusLines, type Summary } from "./status-lines.js";

const definition = await loadDefinition("suites/failover");
const CRM_MON = readFileSync(join(packageRoot(), "harness/lab/testing/crm-mon-failed-over.xml"), "utf8");
const PLAIN = (_style: string, text: string) => text;

/** What the programs of a node say when all is well but for the cable of eth0. */
const SAID: Record<string, string> = {
  "ip -j address": JSON.stringify([
    ...["eth0", "eth1", "eth2", "eth3"].map((ifname) => ({
      ifname,
      flags: ifname === "eth0" ? ["UP"] : ["UP", "LOWER_UP"],
      addr_info: [],
    })),
    {
      ifname: "bond1",
      flags: ["UP"],
      addr_info: [
        { family: "inet", local: "192.168.1.60" },
        { family: "inet6", local: "fe80::1" },
      ],
    },
  ]),
  "ovs-appctl bond/show":
    "---- bond1-port ----\nactive-backup primary: eth2\nactive member mac: 02:68:61:00:01:03(eth2)\n\nmember eth2: enabled\n\n" +
    "---- bond0-port ----\nactive slave mac: 02:68:61:00:01:02(eth1)\n",
  "corosync-cmapctl nodelist.node. runtime.members.":
    "nodelist.node.0.name (str) = vm-node1\nnodelist.node.0.nodeid (u32) = 1\nnodelist.node.1.name (str) = vm-node2\nnodelist.node.1.nodeid (u32) = 2\n" +
    "runtime.members.1.status (str) = joined\nruntime.members.2.status (str) = left\n",
  "corosync-cmapctl -m stats stats.knet.node":
    "stats.knet.node1.link0.connected (u8) = 1\nstats.knet.node2.link0.connected (u8) = 0\nstats.knet.node2.link1.connected (u8) = 1\n",
  "corosync-quorumtool -s": "Quorate:          No\n",
  crm_mon: CRM_MON,
};

type Reply = Partial<Pick<CommandResult, "exitCode" | "stdout" | "stderr">>;
type Asked = Pick<ClusterNode, "name" | "exec">;

/** A node whose programs say what is told, and else that all is well; every question comes in one call, as bash's own words. */
function node(name: string, replies: Record<string, Reply> = {}): Asked {
  const reply = (argv: string[]) => {
    const line = argv.includes("crm_mon") ? "crm_mon" : argv.join(" ");
    return { stdout: SAID[line] ?? "", stderr: "", exitCode: line === "corosync-quorumtool -s" ? 2 : 0, ...replies[line] };
  };
  return {
    name,
    exec(argv: string[]) {
      const commands = argv.slice(5).join("\n").split("\n;").filter(Boolean);
      const said = commands.map((command) => reply(command.trim().split("\n")));
      return Promise.resolve({
        ...RAN,
        stdout: said.map(({ exitCode, stdout, stderr }) => `${exitCode}\n\x1e${stdout}\x1e${stderr}\x1e`).join(""),
      });
    },
  };
}

const RAN: CommandResult = { argv: [], exitCode: 0, stdout: "", stderr: "", ms: 1 };

async function statusOf(nodes: Asked[], states: Record<string, string> = {}): Promise<LabStatus> {
  const note = { definition, facts: { bonding: "ovs" } } as unknown as Parameters<typeof labSaid>[0];
  return labSaid(note, await Promise.all(nodes.map((asked) => askNode(asked, states[asked.name] ?? "running"))));
}

function linesOf(status: LabStatus, faults: Summary["faults"] = []): string {
  const createdAt = "2026-01-01T00:00:00.000Z";
  const summary: Summary = {
    name: "failover",
    suite: "failover",
    createdAt,
    state: "stays",
    ownerPid: null,
    spare: null,
    hosts: [],
    faults,
  };
  return statusLines(summary, status, PLAIN, Date.parse("2026-01-01T00:01:30.000Z")).join("\n");
}

test("a node tells of its bonds, links, membership, quorum and addresses; the cluster is told once for all who see the same", async () => {
  const status = await statusOf([node("vm-node1"), node("vm-node2", { "ip -j address": { stdout: "[]" } })]);
  expect(status.service).toEqual({ url: "http://192.168.1.60/", address: "192.168.1.60", owners: ["vm-node1"] });
  expect(status.nodes[0]).toMatchObject({
    power: "on",
    bonds: [
      {
        name: "bond0",
        active: "eth1",
        legs: [
          { nic: "eth0", carrier: false },
          { nic: "eth1", carrier: true },
        ],
      },
      { name: "bond1", active: "eth2" },
    ],
    corosync: {
      members: ["vm-node1"],
      quorate: false,
      links: [
        { link: 0, peer: "vm-node2", connected: false },
        { link: 1, peer: "vm-node2", connected: true },
      ],
    },
    silent: {},
  });
  expect(status.views.map(({ seenBy }) => seenBy)).toEqual([["vm-node1", "vm-node2"]]);
  const text = linesOf(status, [
    {
      id: "link-down-0a1b",
      kind: "link-down",
      params: { nic: "eth0" },
      nodes: ["vm-node1"],
      since: "",
      leaseS: 600,
      leftS: 570,
      dirty: null,
      proof: null,
    },
  ]);
  expect(text).toMatch(/^failover {2}suite failover, up; made 1 min 30 s ago, bonds by ovs; 192.168.1.60 is on vm-node1\n/);
  for (const line of [
    /^ {2}bond0 +eth0 no carrier, eth1 active$/m,
    /^ {2}bond1 +eth2 active, eth3 ready$/m,
    /^ {2}link 0 +vm-node2 not connected$/m,
    /^ {2}members +vm-node1 without vm-node2; no quorum$/m,
    /^pacemaker as vm-node1, vm-node2 see it$/m,
    /^ {2}failed +httpd monitor on vm-node1: not running$/m,
    /^ {2}link-down-0a1b {2}vm-node1 nic=eth0 {2}for 30.0 s, undoes itself in 9 min 30 s$/m,
  ])
    expect(text).toMatch(line);
});

test("a node that is off or frozen is asked nothing; a daemon that is down says so; nobody holding the address stands out", async () => {
  const lost = { name: "vm-node2", exec: () => Promise.reject(new Error("nobody should have asked")) };
  const down = node("vm-node1", {
    "ip -j address": { stdout: "[]" },
    "corosync-cmapctl nodelist.node. runtime.members.": {
      exitCode: 1,
      stderr: "Failed to initialize the cmap API. Error CS_ERR_LIBRARY\n",
    },
    crm_mon: { exitCode: 102, stdout: '<pacemaker-result><status code="102" message="Not connected"/></pacemaker-result>' },
  });
  const status = await statusOf([down, lost], { "vm-node2": "exited" });
  expect(status.nodes).toMatchObject([
    { corosync: null, silent: { corosync: "Failed to initialize the cmap API. Error CS_ERR_LIBRARY", pacemaker: "Not connected" } },
    { power: "off", bonds: null, silent: {} },
  ]);
  expect(status.views).toEqual([]);
  const text = linesOf(status);
  expect(text).toContain("192.168.1.60 is on no node");
  expect(text).toMatch(/^vm-node2 +off$/m);
  expect(text).toMatch(/^ {2}pacemaker +Not connected$/m);
  expect((await statusOf([lost], { "vm-node2": "paused" })).nodes.map(({ power }) => power)).toEqual(["off", "frozen"]);
});

test("nodes that see different clusters are told apart, and so are two owners", async () => {
  const other = CRM_MON.replace(/<current_dc [^>]*name="[^"]*"/, '<current_dc name="vm-node9"');
  const status = await statusOf([node("vm-node1"), node("vm-node2", { crm_mon: { stdout: other } })]);
  expect(status.views.map(({ seenBy }) => seenBy)).toEqual([["vm-node1"], ["vm-node2"]]);
  expect(linesOf(status)).toContain("the nodes do not agree");
  expect(linesOf(status)).toContain("192.168.1.60 is on vm-node1 AND vm-node2");
});

test("what does not answer in time is silent, whether the node's own limit or ours ends it", async () => {
  const slow = node("vm-node1", { crm_mon: { exitCode: 124 }, "corosync-quorumtool -s": { exitCode: 137 } });
  expect((await statusOf([slow])).nodes[0]?.silent).toEqual({
    pacemaker: "does not answer within 2 s",
    corosync: "does not answer within 2 s",
  });
  const never = { exec: () => new Promise<CommandResult>(() => undefined) };
  expect(await askTogether(never, { all: ["crm_mon"] })).toEqual({ all: { silent: "does not answer within 4 s" } });
  const lost = { exec: () => Promise.reject(new HachaosError("lab-lost", "vm-node1: cannot run bash: it is paused")) };
  expect(await askTogether(lost, { one: ["ip"], two: ["crm_mon"] })).toEqual({
    one: { silent: "vm-node1: cannot run bash: it is paused" },
    two: { silent: "vm-node1: cannot run bash: it is paused" },
  });
});

test("several questions are asked side by side: output, errors and exit code of each, and who hangs is ended", async () => {
  const run = promisify(execFile);
  const here = {
    async exec(argv: string[]) {
      return { ...RAN, ...(await run(argv[0] ?? "", argv.slice(1))) };
    },
  };
  const replies = await askTogether(here, {
    says: ["printf", "%s", "a; b\n'c'"],
    fails: ["sh", "-c", "echo wrong >&2; exit 3"],
    hangs: ["sleep", "60"],
  });
  expect(replies).toEqual({
    says: { said: { exitCode: 0, stdout: "a; b\n'c'", stderr: "" } },
    fails: { said: { exitCode: 3, stdout: "", stderr: "wrong\n" } },
    hangs: { silent: "does not answer within 2 s" },
  });
});

test("the active leg is read from Open vSwitch and from the kernel's driver, or that there is none", () => {
  expect(ovsLegs("---- bond0-port ----\nactive member mac: 00:00:00:00:00:00(none)\n")).toEqual({ bond0: null });
  const file = (bond: string) => `/sys/devices/virtual/net/${bond}/bonding/active_slave`;
  expect(kernelLegs(`${file("bond0")}:eth1\n${file("bond1")}:\n`)).toEqual({ bond0: "eth1", bond1: null });
});
