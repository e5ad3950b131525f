import { beforeAll, describe, expect, it } from "vitest";
import type { ClusterDefinition } from "./definition.js";
import { interfacesFile } from "./interfaces-file.js";
import { loadDefinition } from "./load-definition.js";
import { bondOf, portOf, portsOnCable, serviceNetwork, topologyOf } from "./topology.js";

let failover: ClusterDefinition;
beforeAll(async () => {
  failover = await loadDefinition("suites/failover");
});
describe("topologyOf", () => {
  it("plugs NIC n of a bond into cable n or switch n", () => {
    const { segments, ports } = topologyOf(failover);
    expect(segments).toEqual([
      { id: "private-cable1", kind: "cable", network: "private", leg: 1 },
      { id: "private-cable2", kind: "cable", network: "private", leg: 2 },
      { id: "service-switch1", kind: "switch", network: "service", leg: 1 },
      { id: "service-switch2", kind: "switch", network: "service", leg: 2 },
    ]);
    expect(ports.map((port) => `${port.node} ${port.nic} ${port.bond} ${port.segment}`)).toEqual([
      "vm-node1 eth0 bond0 private-cable1",
      "vm-node1 eth1 bond0 private-cable2",
      "vm-node1 eth2 bond1 service-switch1",
      "vm-node1 eth3 bond1 service-switch2",
      "vm-node2 eth0 bond0 private-cable1",
      "vm-node2 eth1 bond0 private-cable2",
      "vm-node2 eth2 bond1 service-switch1",
      "vm-node2 eth3 bond1 service-switch2",
    ]);
  });

  it("gives every NIC a MAC of its own, locally administered, the same each time", () => {
    const macs = topologyOf(failover).ports.map((port) => port.mac);
    expect(new Set(macs).size).toBe(8);
    expect(macs.every((mac) => /^02(:[0-9a-f]{2}){5}$/.test(mac))).toBe(true);
    expect(topologyOf(structuredClone(failover)).ports.map((port) => port.mac)).toEqual(macs);
  });

  it("knows both ends of a direct cable, and the one end at a switch", () => {
    const topology = topologyOf(failover);
    const ends = (nic: string) => portsOnCable(topology, portOf(topology, "vm-node2", nic)).map((port) => `${port.node}.${port.nic}`);
    expect(ends("eth1")).toEqual(["vm-node1.eth1", "vm-node2.eth1"]);
    expect(ends("eth2")).toEqual(["vm-node2.eth2"]);
    expect(() => portOf(topology, "vm-node1", "eth9")).toThrow(/vm-node1 has no NIC eth9/);
  });

  it("finds the bond of a NIC and the service's network", () => {
    expect(bondOf(failover, "eth3")?.name).toBe("bond1");
    expect(bondOf(failover, "eth9")).toBeNull();
    expect(serviceNetwork(failover)).toMatchObject({ name: "service", gateway: "192.168.1.1", client: "192.168.1.100" });
  });
});

describe("interfacesFile", () => {
  it("writes ifupdown's stanzas, the default route on the service's bond", () => {
    expect(interfacesFile(failover, failover.nodes[1]!)).toBe(`# /etc/network/interfaces of vm-node2, from cluster.yaml

auto lo
iface lo inet loopback

auto bond0
iface bond0 inet static
    address 10.20.13.2/30
    bond-slaves eth0 eth1
    bond-mode active-backup
    bond-primary eth0
    bond-miimon 100
    bond-downdelay 200
    bond-updelay 200

auto bond1
iface bond1 inet static
    address 192.168.1.62/24
    gateway 192.168.1.1
    bond-slaves eth2 eth3
    bond-mode active-backup
    bond-primary eth2
    bond-miimon 100
    bond-downdelay 200
    bond-updelay 200
`);
  });

  it("prefers no NIC in a mode that uses all", () => {
    const balanced = { ...failover, bonds: failover.bonds.map((bond) => ({ ...bond, mode: "balance-rr" })) };
    expect(interfacesFile(balanced, balanced.nodes[0]!)).not.toContain("bond-primary");
  });
});
