import type { ClusterDefinition } from "../../cluster/definition.js";

/** The maquette, as much of it as reports show. */
export function sampleDefinition(): ClusterDefinition {
  return {
    name: "failover", release: "bookworm", packages: [],
    nodes: [
      { name: "vm-node1", addresses: { bond0: "10.20.13.1", bond1: "192.168.1.61" } },
      { name: "vm-node2", addresses: { bond0: "10.20.13.2", bond1: "192.168.1.62" } },
    ],
    bonds: [
      { name: "bond0", network: "private", nics: ["eth0", "eth1"], mode: "active-backup", miimonMs: 100, downdelayMs: 200, updelayMs: 200 },
      { name: "bond1", network: "service", nics: ["eth2", "eth3"], mode: "active-backup", miimonMs: 100, downdelayMs: 200, updelayMs: 200 },
    ],
    networks: [
      { name: "private", subnet: "10.20.13.0/30", prefix: 30, wiring: "cables", gateway: null, client: null },
      { name: "service", subnet: "192.168.1.0/24", prefix: 24, wiring: "switches", gateway: "192.168.1.1", client: "192.168.1.100" },
    ],
    service: { url: "http://192.168.1.60/", address: "192.168.1.60", port: 80, unit: "apache2.service", process: "apache2" },
    files: [],
    corosync: {
      path: "corosync.conf", to: "/etc/corosync/corosync.conf", content: "",
      totem: {
        tokenMs: 3000, consensusMs: 3600, joinMs: 60, retransmits: 10, linkMode: "passive",
        links: { "vm-node1": ["10.20.13.1", "192.168.1.61"], "vm-node2": ["10.20.13.2", "192.168.1.62"] },
      },
    },
    pacemaker: { path: "pacemaker.crm", to: "", content: "", crm: { resources: [], locations: [], colocations: [], properties: {}, rscDefaults: {} } },
    promises: [], expected: [], budgets: {}, failbackBudgetMs: null,
  };
}
