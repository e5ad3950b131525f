import type { ClusterDefinition, CrmConfig, CrmResource } from "../../cluster/definition.js";

/** The maquette as a resolved definition, for tests; `change` edits a fresh copy. */
export function sampleDefinition(change: (definition: ClusterDefinition) => void = () => undefined): ClusterDefinition {
  const definition: ClusterDefinition = {
    name: "failover",
    release: "bookworm",
    packages: [],
    nodes: [
      { name: "vm-node1", addresses: { bond0: "10.20.13.1", bond1: "192.168.1.61" } },
      { name: "vm-node2", addresses: { bond0: "10.20.13.2", bond1: "192.168.1.62" } },
    ],
    bonds: [bond("bond0", "private", ["eth0", "eth1"]), bond("bond1", "service", ["eth2", "eth3"])],
    networks: [
      { name: "private", subnet: "10.20.13.0/30", prefix: 30, wiring: "cables", gateway: null, client: null },
      { name: "service", subnet: "192.168.1.0/24", prefix: 24, wiring: "switches", gateway: "192.168.1.1", client: "192.168.1.100" },
    ],
    service: { url: "http://192.168.1.60/", address: "192.168.1.60", port: 80, unit: "apache2.service", process: "apache2" },
    files: [],
    corosync: {
      path: "corosync.conf",
      to: "/etc/corosync/corosync.conf",
      content: "",
      totem: {
        tokenMs: 3000,
        consensusMs: 3600,
        joinMs: 60,
        retransmits: 10,
        linkMode: "passive",
        links: { "vm-node1": ["10.20.13.1", "192.168.1.61"], "vm-node2": ["10.20.13.2", "192.168.1.62"] },
      },
    },
    pacemaker: { path: "pacemaker.crm", to: "", content: "", crm: sampleCrm() },
    promises: [
      { id: "C1", kind: "prefers", text: "Everything runs on vm-node1", node: "vm-node1", resources: ["vip", "httpd"] },
      { id: "C2", kind: "together", text: "Apache and the VIP run on the same node", resources: ["vip", "httpd"] },
      { id: "C3", kind: "survives", text: "If Apache dies, the secondary serves", fault: "apache-kill", withinMs: null },
      { id: "C4", kind: "survives", text: "Without the gateway, the secondary serves", fault: "gateway-blackhole", withinMs: null },
      { id: "S", kind: "single-owner", text: "The VIP has one owner", address: "192.168.1.60" },
    ],
    expected: [],
    budgets: {},
    failbackBudgetMs: null,
  };
  change(definition);
  return definition;
}

function sampleCrm(): CrmConfig {
  return {
    resources: [
      resource("vip", "ocf:heartbeat:IPaddr2", { params: { ip: "192.168.1.60", cidr_netmask: "24", nic: "bond1" } }),
      resource("httpd", "ocf:heartbeat:apache", { meta: { "migration-threshold": "1" } }),
      resource("p-ping", "ocf:pacemaker:ping", {
        params: { host_list: "192.168.1.1", multiplier: "1000" },
        parent: "c-ping",
        cloned: true,
      }),
    ],
    locations: [
      { id: "loc-vip", resource: "vip", node: "vm-node1", score: "100", rule: null },
      { id: "loc-gateway", resource: "vip", node: null, score: "-INFINITY", rule: "not_defined pingd or pingd lte 0" },
    ],
    colocations: [{ id: "col", score: "INFINITY", resources: ["httpd", "vip"] }],
    properties: { "stonith-enabled": "false", "no-quorum-policy": "ignore" },
    rscDefaults: {},
  };
}

function resource(id: string, agent: string, more: Partial<CrmResource>): CrmResource {
  const ops = [{ name: "monitor", intervalMs: 10_000, timeoutMs: 20_000 }];
  return { id, agent, parent: null, cloned: false, params: {}, meta: {}, ops, ...more };
}

function bond(name: string, network: string, nics: string[]) {
  return { name, network, nics, mode: "active-backup", miimonMs: 100, downdelayMs: 200, updelayMs: 200 };
}
