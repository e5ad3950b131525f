import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HachaosError } from "../kernel/errors.js";
import { budgetFor } from "./budgets.js";
import { loadDefinition } from "./load-definition.js";
import { serviceResource } from "./resources.js";
import { topologyOf } from "./topology.js";

const FAULTS = ["link-down", "private-links-cut", "apache-kill", "gateway-blackhole", "node-power-off"];
const OPTIONS = { faultKinds: FAULTS, checkerIds: ["gap", "healed-clean"] };

describe("the suites that come with hachaos", () => {
  it("resolves suites/failover", async () => {
    const definition = await loadDefinition("suites/failover", OPTIONS);
    expect(definition).toMatchObject({
      name: "failover",
      release: "bookworm",
      packages: [],
      nodes: [
        { name: "vm-node1", addresses: { bond0: "10.20.13.1", bond1: "192.168.1.61" } },
        { name: "vm-node2", addresses: { bond0: "10.20.13.2", bond1: "192.168.1.62" } },
      ],
      service: { url: "http://192.168.1.60/", address: "192.168.1.60", port: 80, unit: "apache2", process: "apache2" },
      corosync: {
        to: "/etc/corosync/corosync.conf",
        totem: { tokenMs: 3000, consensusMs: 3600, joinMs: 60, retransmits: 10, linkMode: "passive", knetPingTimeoutMs: 1500 },
      },
      budgets: {},
      failbackBudgetMs: null,
      expected: [],
    });
    expect(definition.networks).toEqual([
      { name: "private", subnet: "10.20.13.0/30", prefix: 30, wiring: "cables", gateway: null, client: null },
      { name: "service", subnet: "192.168.1.0/24", prefix: 24, wiring: "switches", gateway: "192.168.1.1", client: "192.168.1.100" },
    ]);
    expect(definition.bonds[1]).toEqual({
      ...{ name: "bond1", network: "service", nics: ["eth2", "eth3"], mode: "active-backup" },
      ...{ miimonMs: 100, downdelayMs: 200, updelayMs: 200 },
    });
    expect(definition.promises).toEqual([
      {
        id: "C1",
        kind: "prefers",
        text: "vip and httpd run on vm-node1 in the normal case",
        node: "vm-node1",
        resources: ["vip", "httpd"],
      },
      { id: "C2", kind: "together", text: "vip and httpd run on the same node", resources: ["vip", "httpd"] },
      { id: "C3", kind: "survives", text: "after apache-kill another node serves within 15s", fault: "apache-kill", withinMs: 15_000 },
      { id: "C4", kind: "survives", text: "after gateway-blackhole another node serves", fault: "gateway-blackhole", withinMs: null },
      { id: "S", kind: "single-owner", text: "192.168.1.60 is never on two nodes at once", address: "192.168.1.60" },
    ]);
    expect(definition.pacemaker.content).toBe(await readFile("suites/failover/pacemaker.crm", "utf8"));
    expect(definition.files[0]?.content).toContain("Require local");
  });

  it("resolves suites/article: the same without a recurring monitor and a threshold", async () => {
    const definition = await loadDefinition("suites/article", OPTIONS);
    const httpd = definition.pacemaker.crm.resources.find((resource) => resource.id === "httpd")!;
    expect(httpd.ops).toContainEqual({ name: "monitor", intervalMs: 0, timeoutMs: 20_000 });
    expect(httpd.meta).toEqual({});
    expect(definition.expected).toEqual([
      expect.objectContaining({ test: "apache-kill", violates: ["C3", "gap"], because: "no-recurring-monitor" }),
    ]);
  });
});

describe("another cluster", () => {
  it("with three nodes, switches only, nginx in a group and an address on another port", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hachaos-definition-"));
    const nodes = ["alpha", "beta", "gamma"];
    const addresses = nodes.map((node, index) => `  ${node}: { ring: 172.16.0.${index + 1}, lan: 10.1.0.${index + 11} }`);
    const members = nodes.map((node, index) => `node { \n name: ${node}\n ring0_addr: 172.16.0.${index + 1}\n }\n`.replace("{ \n", "{\n"));
    await writeFile(join(folder, "corosync.conf"), `totem {\n version: 2\n token: 1000\n}\nnodelist {\n${members.join("")}}\n`);
    await writeFile(
      join(folder, "web.crm"),
      "primitive ip ocf:heartbeat:IPaddr2 ip=10.1.0.9\nprimitive www systemd:nginx op monitor interval=5s\ngroup site ip www\n",
    );
    await writeFile(
      join(folder, "cluster.yaml"),
      `packages: [nginx-light]
networks:
  rings: { subnet: 172.16.0.0/29, wiring: switches }
  offices: { subnet: 10.1.0.0/16, wiring: switches, gateway: 10.1.0.1, client: 10.1.255.200 }
bonds:
  ring: { network: rings, nics: [ens1] }
  lan: { network: offices, nics: [ens2, ens3, ens4], mode: balance-tlb, miimon: 50 }
nodes:
${addresses.join("\n")}
pacemaker: web.crm
service: { url: "http://10.1.0.9:8080/health", unit: nginx }
promises:
  together: { together: [site, www], text: All in one place }
`,
    );
    const definition = await loadDefinition(folder, OPTIONS);
    await rm(folder, { recursive: true });
    expect(definition.service).toEqual({
      url: "http://10.1.0.9:8080/health",
      address: "10.1.0.9",
      port: 8080,
      unit: "nginx",
      process: "nginx",
    });
    expect(definition.corosync.totem).toMatchObject({ tokenMs: 1650, consensusMs: 1980 });
    expect(definition.bonds[1]).toMatchObject({ mode: "balance-tlb", miimonMs: 50, downdelayMs: 200 });
    expect(definition.promises).toEqual([{ id: "together", kind: "together", text: "All in one place", resources: ["site", "www"] }]);
    expect(serviceResource(definition)?.id).toBe("www");
    expect(topologyOf(definition).ports).toHaveLength(12);
    expect(budgetFor(definition, { kind: "apache-kill" })).toMatchObject({ floorMs: 8000, ms: 30_000 });
    expect(budgetFor(definition, { kind: "private-links-cut" }).warning).toMatch(/no second link/);
  });
});

describe("a suite that extends another", () => {
  let folder: string;
  beforeEach(async () => {
    const parent = await mkdtemp(join(tmpdir(), "hachaos-extends-"));
    await cp("suites/failover", join(parent, "base"), { recursive: true });
    folder = join(parent, "mine");
    await mkdir(folder);
  });
  afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

  async function load(text: string) {
    await writeFile(join(folder, "cluster.yaml"), text);
    return loadDefinition(folder, OPTIONS);
  }
  async function refusal(text: string): Promise<string> {
    const error: unknown = await load(text).catch((thrown: unknown) => thrown);
    return error instanceof HachaosError ? error.message.replaceAll(join(folder, ".."), "") : "not refused";
  }

  it("has the other's keys and files where it has none of its own", async () => {
    await writeFile(join(folder, "pacemaker.crm"), "primitive vip IPaddr2 ip=192.168.1.60\nprimitive httpd apache\n");
    const definition = await load(
      "extends: ../base\ntests: [{ name: kill, fault: apache-kill, target: standby }, { name: calm, watch: 2s }]\n",
    );
    const base = await loadDefinition(join(folder, "../base"), OPTIONS);
    expect(definition).toEqual({
      ...{ ...base, name: "mine", corosync: base.corosync, pacemaker: definition.pacemaker },
      tests: [
        { name: "kill", fault: "apache-kill", target: "standby" },
        { name: "calm", fault: null, watchMs: 2000 },
      ],
    });
    expect(definition.pacemaker.crm.resources.map(({ id }) => id)).toEqual(["vip", "httpd"]);
  });

  it("says in which of the two files something is wrong", async () => {
    const base = join(folder, "../base");
    await writeFile(
      join(base, "cluster.yaml"),
      (await readFile(join(base, "cluster.yaml"), "utf8")).replace("mode: active-backup", "mode: no"),
    );
    expect(await refusal("extends: ../base\nrelease: 1\n")).toMatch(
      /^\/mine\/cluster\.yaml:2:10: release must be text.*\n\/base\/cluster\.yaml:9:56: bonds\.bond0\.mode has an unknown value/,
    );
    expect(await refusal("extends: ../base\nbonds: 1\n")).toContain("/mine/cluster.yaml:2:8: bonds must be a map");
  });

  it("extends a suite, and one that extends none", async () => {
    expect(await refusal("extends: ../gone\n")).toMatch(
      /^\/mine\/cluster\.yaml:1:10: \/gone\/cluster\.yaml cannot be read: ENOENT.*; name/,
    );
    await writeFile(join(folder, "../base/cluster.yaml"), "extends: ../mine\n");
    expect(await refusal("extends: ../base\n")).toContain("/base extends another suite itself; extend that one");
  });
});

describe("bad input", () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "hachaos-definition-")), "mine");
    await cp("suites/failover", folder, { recursive: true });
  });
  afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

  /** Replaces text in a file of the suite, then tells what the loader says, without the folder's name. */
  async function broken(name: string, from: string | RegExp, to: string): Promise<{ code: string; lines: string[] }> {
    const before = await readFile(join(folder, name), "utf8");
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    await writeFile(join(folder, name), after);
    return refusal(folder);
  }

  async function refusal(path: string): Promise<{ code: string; lines: string[]; hint: string }> {
    const error: unknown = await loadDefinition(path, OPTIONS).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof HachaosError)) throw new Error(`not refused: ${String(error)}`);
    return { code: error.code, lines: error.message.replaceAll(`${folder}/`, "").split("\n"), hint: error.hint };
  }

  const YAML = "cluster.yaml";
  const cases: [what: string, file: string, from: string | RegExp, to: string, lines: string[]][] = [
    ["text that is no YAML", YAML, "nics: [eth0, eth1]", "nics: [eth0, eth1", ["cluster.yaml:9:118"]],
    ["a tab", YAML, "  vm-node1:", "\tvm-node1:", ["cluster.yaml:13:1"]],
    ["a key given twice", YAML, "corosync: corosync.conf", "name: again", ["cluster.yaml:17:1"]],
    [
      "an unknown key",
      YAML,
      "subnet: 10.20",
      "subnett: 10.20",
      [
        "cluster.yaml:5:3: key subnet is missing in networks.private; add subnet: 192.168.1.0/24",
        "cluster.yaml:5:14: unknown key subnett in networks.private; did you mean subnet?",
      ],
    ],
    [
      "an unknown top-level key",
      YAML,
      "promises:",
      "promise:",
      ["cluster.yaml:2:1: key promises is missing; add promises:", "cluster.yaml:26:1: unknown key promise; did you mean promises?"],
    ],
    [
      "a wrong type",
      YAML,
      "nics: [eth0, eth1]",
      "nics: eth0",
      ["cluster.yaml:9:36: bonds.bond0.nics must be a list ([a, b]); for example [eth2, eth3]"],
    ],
    [
      "an address that is none",
      YAML,
      "bond0: 10.20.13.1,",
      "bond0: 10.20.13,",
      ["cluster.yaml:13:22: nodes.vm-node1.bond0 is no IPv4 address; docs/definition.md shows its form"],
    ],
    [
      "a subnet that is none",
      YAML,
      "10.20.13.0/30",
      "10.20.13.0",
      ["cluster.yaml:5:22: networks.private.subnet is no IPv4 subnet (address/prefix); for example 192.168.1.0/24"],
    ],
    [
      "a subnet with host bits",
      YAML,
      "192.168.1.0/24",
      "192.168.1.7/24",
      ["cluster.yaml:6:22: 192.168.1.7/24 names a host in the subnet; write 192.168.1.0/24"],
    ],
    [
      "networks that overlap",
      YAML,
      "10.20.13.0/30",
      "192.168.1.60/30",
      [
        "cluster.yaml:6:22: 192.168.1.0/24 overlaps 192.168.1.60/30 of network private; give each network addresses of its own",
        "cluster.yaml:13:22: 10.20.13.1 is no host address of network private (192.168.1.60/30); use one from 192.168.1.61 to 192.168.1.62",
        "cluster.yaml:14:22: 10.20.13.2 is no host address of network private (192.168.1.60/30); use one from 192.168.1.61 to 192.168.1.62",
      ],
    ],
    [
      "a wiring that is none",
      YAML,
      "wiring: cables",
      "wiring: cable",
      ["cluster.yaml:5:45: networks.private.wiring has an unknown value; write one of cables, switches"],
    ],
    [
      "a bad duration",
      YAML,
      "within: 15s",
      "within: soon",
      ["cluster.yaml:29:40: promises.C3.within: soon is no duration; write for example 15s or 100ms (a bare number counts milliseconds)"],
    ],
    [
      "a bond mode that is none",
      YAML,
      "mode: active-backup",
      "mode: active",
      [
        "cluster.yaml:9:56: bonds.bond0.mode has an unknown value; write one of active-backup, balance-rr, balance-xor, broadcast, 802.3ad, balance-tlb, balance-alb",
      ],
    ],
    [
      "a bond name the kernel refuses",
      YAML,
      /bond0/g,
      "bond-for-the-private-network",
      ["cluster.yaml:9:3: bond-for-the-private-network is no interface name; use up to 15 letters, digits, - _ or ."],
    ],
    [
      "a bond of an unknown network",
      YAML,
      "network: private",
      "network: privat",
      [
        "cluster.yaml:5:3: no bond is on network private; add one under bonds, or take the network out",
        "cluster.yaml:9:21: privat is no network; did you mean private?",
      ],
    ],
    [
      "two bonds on a network",
      YAML,
      "network: private",
      "network: service",
      [
        "cluster.yaml:5:3: no bond is on network private; add one under bonds, or take the network out",
        "cluster.yaml:10:21: bond0 is already on network service; give bond1 a network of its own",
        "cluster.yaml:13:22: 10.20.13.1 is no host address of network service (192.168.1.0/24); use one from 192.168.1.1 to 192.168.1.254",
        "cluster.yaml:14:22: 10.20.13.2 is no host address of network service (192.168.1.0/24); use one from 192.168.1.1 to 192.168.1.254",
      ],
    ],
    [
      "a NIC in two bonds",
      YAML,
      "[eth2, eth3]",
      "[eth1, eth3]",
      ["cluster.yaml:10:37: eth1 is already in bond0; a NIC belongs to one bond"],
    ],
    [
      "an address outside its network",
      YAML,
      "{ bond0: 10.20.13.2",
      "{ bond0: 10.20.13.6",
      [
        "cluster.yaml:14:22: 10.20.13.6 is no host address of network private (10.20.13.0/30); use one from 10.20.13.1 to 10.20.13.2",
        "corosync.conf:47:9: 10.20.13.2 is no address of vm-node2 in cluster.yaml; use 10.20.13.6 (bond0) or 192.168.1.62 (bond1)",
      ],
    ],
    [
      "a gateway outside its network",
      YAML,
      "gateway: 192.168.1.1,",
      "gateway: 192.168.2.1,",
      ["cluster.yaml:6:65: 192.168.2.1 is no host address of network service (192.168.1.0/24); use one from 192.168.1.1 to 192.168.1.254"],
    ],
    [
      "a service address outside every switched network",
      YAML,
      "http://192.168.1.60/",
      "http://10.20.13.3/",
      [
        "cluster.yaml:23:17: the service's address 10.20.13.3 is on no network with switches; use an address of service (192.168.1.0/24)",
        "cluster.yaml:23:17: no IPaddr2 in pacemaker.crm holds the service's address 10.20.13.3; there it is 192.168.1.60: make both the same",
      ],
    ],
    [
      "a service URL that is none",
      YAML,
      "http://192.168.1.60/",
      "https://example.org/",
      ["cluster.yaml:23:17: https://example.org/ is no http URL with an IPv4 address; write for example http://192.168.1.60/"],
    ],
    [
      "a service network without client",
      YAML,
      ", client: 192.168.1.100",
      "",
      ["cluster.yaml:6:3: network service holds the service, so it needs a client; add client: <address>"],
    ],
    [
      "a gateway on another network",
      YAML,
      "wiring: cables",
      "wiring: cables, gateway: 10.20.13.2",
      [
        "cluster.yaml:5:53: the gateway belongs to the service's network service; take it out here",
        "cluster.yaml:14:22: 10.20.13.2 is already the address of the gateway; give vm-node2 on bond0 another",
      ],
    ],
    [
      "a duplicate address",
      YAML,
      "client: 192.168.1.100",
      "client: 192.168.1.61",
      ["cluster.yaml:13:41: 192.168.1.61 is already the address of the client; give vm-node1 on bond1 another"],
    ],
    [
      "a service on a node's address",
      YAML,
      "http://192.168.1.60/",
      "http://192.168.1.62/",
      [
        "cluster.yaml:23:17: 192.168.1.62 is already the address of vm-node2 on bond1; give the service another",
        "cluster.yaml:23:17: no IPaddr2 in pacemaker.crm holds the service's address 192.168.1.62; there it is 192.168.1.60: make both the same",
      ],
    ],
    [
      "a node without an address on a bond",
      YAML,
      "{ bond0: 10.20.13.2, bond1: 192.168.1.62 }",
      "{ bond1: 192.168.1.62 }",
      [
        "cluster.yaml:14:3: vm-node2 has no address on bond0; add bond0: <address>",
        "corosync.conf:47:9: 10.20.13.2 is no address of vm-node2 in cluster.yaml; use 192.168.1.62 (bond1)",
      ],
    ],
    [
      "a node with an unknown bond",
      YAML,
      "{ bond0: 10.20.13.2,",
      "{ bonb0: 10.20.13.2,",
      [
        "cluster.yaml:14:15: bonb0 is no bond; did you mean bond0?",
        "cluster.yaml:14:3: vm-node2 has no address on bond0; add bond0: <address>",
      ],
    ],
    [
      "a node name that is no host name",
      YAML,
      "  vm-node2:",
      "  vm_node2:",
      [
        "cluster.yaml:14:3: vm_node2 is no host name (RFC 1123); use up to 63 letters, digits and -, not beginning or ending with -",
        "corosync.conf:44:5: vm-node2 is no node of cluster.yaml; did you mean vm-node1?",
        "cluster.yaml:14:3: vm_node2 is not in the nodelist of corosync.conf; add node { name: vm_node2 ... } there, or take the nodelist out and it is made from cluster.yaml",
      ],
    ],
    [
      "a node named like a role",
      YAML,
      "  vm-node2:",
      "  standby:",
      [
        "cluster.yaml:14:3: standby has a meaning of its own here; give the node another name",
        "corosync.conf:44:5: vm-node2 is no node of cluster.yaml; did you mean vm-node1?",
        "cluster.yaml:14:3: standby is not in the nodelist of corosync.conf; add node { name: standby ... } there, or take the nodelist out and it is made from cluster.yaml",
      ],
    ],
    [
      "cables between three nodes",
      YAML,
      "  vm-node2: {",
      "  vm-node3: { bond0: 10.20.13.1, bond1: 192.168.1.63 }\n  vm-node2: {",
      [
        "cluster.yaml:5:45: cables join exactly two nodes and there are 3; use wiring: switches",
        "cluster.yaml:14:22: 10.20.13.1 is already the address of vm-node1 on bond0; give vm-node3 on bond0 another",
        "cluster.yaml:14:3: vm-node3 is not in the nodelist of corosync.conf; add node { name: vm-node3 ... } there, or take the nodelist out and it is made from cluster.yaml",
      ],
    ],
    [
      "a promise of an unknown node",
      YAML,
      "prefers: vm-node1",
      "prefers: vm-node",
      ["cluster.yaml:27:18: vm-node is no node; did you mean vm-node1?"],
    ],
    [
      "a promise of an unknown resource",
      YAML,
      "together: [vip, httpd]",
      "together: [vip, http]",
      ["cluster.yaml:28:25: http is no resource of pacemaker.crm; did you mean httpd?"],
    ],
    [
      "a promise of an unknown fault",
      YAML,
      "apache-kill,",
      "apache-kil,",
      ["cluster.yaml:29:19: apache-kil is no fault; did you mean apache-kill?"],
    ],
    [
      "a promise of two kinds",
      YAML,
      "{ together:",
      "{ single-owner: 192.168.1.60, together:",
      ["cluster.yaml:28:9: promise C2 has together and single-owner; make a promise of each"],
    ],
    [
      "a promise that says nothing",
      YAML,
      "{ together: [vip, httpd] }",
      "{ text: together }",
      ["cluster.yaml:28:3: promise C2 says nothing; add one of prefers, together, survives, single-owner"],
    ],
    [
      "a time where none belongs",
      YAML,
      "{ together: [vip, httpd] }",
      "{ together: [vip, httpd], within: 1s }",
      ["cluster.yaml:28:33: within goes with survives only; take it out"],
    ],
    [
      "a single owner of an address nobody moves",
      YAML,
      "single-owner: 192.168.1.60",
      "single-owner: 192.168.1.66",
      ["cluster.yaml:31:22: 192.168.1.66 is no address of an IPaddr2 in pacemaker.crm; did you mean 192.168.1.60?"],
    ],
    [
      "a budget of an unknown fault",
      YAML,
      "promises:",
      "budgets: { node-power-of: 3s, failback: 5s }\npromises:",
      ["cluster.yaml:26:12: node-power-of is no fault; did you mean node-power-off?"],
    ],
    [
      "an expected violation of nothing known",
      YAML,
      "promises:",
      "expected: [{ in: apache-kill, violates: [C3, gab], why: test }]\npromises:",
      ["cluster.yaml:26:46: gab is no promise or checker; did you mean gap?"],
    ],
    [
      "a catcher that is not among what must be violated",
      YAML,
      "promises:",
      "expected: [{ in: apache-kill, violates: [C3], caught-by: C1, may-violate: [gab], why: test }]\npromises:",
      [
        "cluster.yaml:26:76: gab is no promise or checker; did you mean gap?",
        "cluster.yaml:26:58: C1 is no entry of violates; did you mean C3?",
      ],
    ],
    [
      "tests that do not fit together",
      YAML,
      "promises:",
      "tests: [{ name: a, fault: apache-kil }, { name: a, target: active }]\nexpected: [{ in: b, violates: [C3], why: test }]\npromises:",
      [
        "cluster.yaml:27:18: b is no test of this suite; did you mean a?",
        "cluster.yaml:26:27: apache-kil is no fault; did you mean apache-kill?",
        "cluster.yaml:26:52: target means nothing in a test without a fault; take it out",
        "cluster.yaml:26:49: there are two tests a; give one of them another name",
      ],
    ],
    [
      "a native file outside the folder",
      YAML,
      "corosync: corosync.conf",
      "corosync: ../corosync.conf",
      ["cluster.yaml:17:11: ../corosync.conf is outside the suite's folder; copy it beside cluster.yaml and name the copy"],
    ],
    [
      "a nodelist with another address",
      "corosync.conf",
      "ring0_addr: 10.20.13.2",
      "ring0_addr: 10.20.13.9",
      ["corosync.conf:47:9: 10.20.13.9 is no address of vm-node2 in cluster.yaml; use 10.20.13.2 (bond0) or 192.168.1.62 (bond1)"],
    ],
    [
      "a nodelist with links crossed",
      "corosync.conf",
      "ring0_addr: 10.20.13.2",
      "ring0_addr: 192.168.1.62",
      ["corosync.conf:47:9: link 0 is on bond0 elsewhere and on bond1 here; use 10.20.13.2"],
    ],
    [
      "a corosync number that is none",
      "corosync.conf",
      "token: 3000",
      "token: 3s",
      ["corosync.conf:15:5: token is 3s, not a whole number; corosync counts it in ms"],
    ],
    [
      "a location of an unknown node",
      "pacemaker.crm",
      "100: vm-node1",
      "100: vm-node3",
      ["pacemaker.crm:29:37: location vip-prefers-node1 names vm-node3, which is no node of cluster.yaml; did you mean vm-node1?"],
    ],
    [
      "a VIP that differs from the service's address",
      "pacemaker.crm",
      "ip=192.168.1.60",
      "ip=192.168.1.70",
      [
        "cluster.yaml:23:17: no IPaddr2 in pacemaker.crm holds the service's address 192.168.1.60; there it is 192.168.1.70: make both the same",
        "cluster.yaml:31:22: 192.168.1.60 is no address of an IPaddr2 in pacemaker.crm; did you mean 192.168.1.70?",
      ],
    ],
    [
      "a VIP outside every switched network",
      "pacemaker.crm",
      "ip=192.168.1.60",
      "ip=10.9.9.9",
      [
        "pacemaker.crm:4:11: vip has ip=10.9.9.9, which is on no network with switches; use an address of 192.168.1.0/24",
        "cluster.yaml:23:17: no IPaddr2 in pacemaker.crm holds the service's address 192.168.1.60; there it is 10.9.9.9: make both the same",
        "cluster.yaml:31:22: 192.168.1.60 is no address of an IPaddr2 in pacemaker.crm; known: 10.9.9.9",
      ],
    ],
    [
      "a VIP on an unknown bond",
      "pacemaker.crm",
      "nic=bond1",
      "nic=bond2",
      ["pacemaker.crm:4:11: vip has nic=bond2, which is no bond of cluster.yaml; did you mean bond0?"],
    ],
    [
      "crm text with a misspelt statement",
      "pacemaker.crm",
      "colocation",
      "colocaton",
      ["pacemaker.crm:33:1: colocaton is no statement of crm configure; did you mean colocation?"],
    ],
  ];

  it.each(cases)("%s", async (_, file, from, to, expected) => {
    const { code, lines } = await broken(file, from, to);
    expect(code).toMatch(/^(definition-invalid|native-file-missing)$/);
    // A place alone: the words after it are the yaml library's.
    const shown = expected[0]!.includes(" ") ? lines : lines.map((line) => line.split(": ")[0]);
    expect(shown).toEqual(expected);
  });

  it("whatever is cut out of the file, the answer is a definition or lines with a place", async () => {
    const text = await readFile(join(folder, YAML), "utf8");
    const cut = fc.tuple(fc.nat({ max: text.length }), fc.integer({ min: 1, max: 30 }), fc.constantFrom("", "[", "*a", "{", ": ", "- "));
    await fc.assert(
      fc.asyncProperty(cut, async ([at, length, instead]) => {
        await writeFile(join(folder, YAML), text.slice(0, at) + instead + text.slice(at + length));
        const outcome: unknown = await loadDefinition(folder, OPTIONS).catch((error: unknown) => error);
        if (!(outcome instanceof Error)) return;
        expect(outcome).toBeInstanceOf(HachaosError);
        for (const line of outcome.message.split("\n")) expect(line).toMatch(/^\/\S+\.(yaml|conf|crm):\d+:\d+: [^;]+; .+/);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("a missing native file is an error of its own", async () => {
    await rm(join(folder, "pacemaker.crm"));
    await rm(join(folder, "apache"), { recursive: true });
    expect(await refusal(folder)).toMatchObject({
      code: "native-file-missing",
      lines: [
        "cluster.yaml:18:12: there is no file pacemaker.crm beside cluster.yaml; create it or correct the name",
        "cluster.yaml:20:13: there is no file apache/cluster.conf beside cluster.yaml; create it or correct the name",
      ],
    });
  });

  it("an empty cluster.yaml", async () => {
    await writeFile(join(folder, YAML), "# nothing yet\n");
    expect(await refusal(folder)).toMatchObject({
      code: "definition-invalid",
      lines: ["cluster.yaml:1:1: the file is empty; hachaos init <folder> writes one to start from"],
    });
  });

  it("an empty suite folder", async () => {
    const empty = join(folder, "..", "empty");
    await mkdir(empty);
    expect(await refusal(empty)).toMatchObject({
      code: "suite-not-found",
      lines: [`${empty} is no suite: it holds no cluster.yaml, nor does a folder in it`],
    });
  });

  it("an unknown suite, with the nearest one beside it", async () => {
    expect(await refusal(join(folder, "..", "mien"))).toMatchObject({ code: "suite-not-found", hint: `did you mean ${folder}?` });
  });

  it("an unknown suite, with the nearest one in suites/", async () => {
    expect(await refusal("failovr")).toMatchObject({
      code: "suite-not-found",
      lines: ["there is no suite failovr"],
      hint: "did you mean suites/failover?",
    });
  });
});
