import { resolve } from "node:path";
import { portOf, portsOnCable, topologyOf } from "../../cluster/topology.js";
import type { ClusterNode, Fabric, Journal, JournalEntry, Lab } from "../lab.js";
import { rehearsing } from "../rehearsal.js";
import type { LabRequest, Provider } from "../provider.js";
import { FakeCluster, macsOf } from "./fake-cluster.js";
import { fakeHost } from "./fake-host.js";

/** A cluster in memory, to try a suite's mechanics without an engine. It proves nothing about a real cluster, and reports say so. */
export const fakeProvider: Provider = {
  name: "fake",
  summary: "a pretended cluster in memory: tries a suite's mechanics, proves nothing",
  start: (request) => Promise.resolve(start(request)),
};

function start({ name, definition, folder, onStep }: LabRequest): Lab {
  onStep("pretend", null);
  const cluster = new FakeCluster(definition);
  onStep("pretend", 0);
  const lab: Lab = {
    name,
    definition,
    provider: fakeProvider.name,
    nodes: cluster.nodes().map((node) => fakeNode(cluster, node)),
    gateway: fakeHost(cluster, "gateway"),
    client: fakeHost(cluster, "client"),
    fabric: fakeFabric(cluster),
    journal: fakeJournal(),
    facts: {
      bonding: "none (pretended)",
      engine: "none",
      image: "none",
      versions: {},
      mechanisms: { everything: "pretended" },
      macs: Object.fromEntries(cluster.nodes().map((node) => [node, macsOf(cluster, node)])),
      folder: resolve(folder),
      pace: 1,
      missing: [],
    },
    // A pretended lab lives in the memory of the one process that has it.
    lock: () => Promise.resolve({ release: () => Promise.resolve() }),
    lost: new AbortController().signal,
    collectLogs: () => Promise.resolve(),
    destroy: () => {
      cluster.end();
      return Promise.resolve();
    },
    rehearse(note) {
      const [gateway, client] = [rehearsing(lab.gateway, note), rehearsing(lab.client, note)];
      return { ...lab, gateway, client, nodes: lab.nodes.map((node) => rehearsing(node, note)) };
    },
  };
  return lab;
}

function fakeNode(cluster: FakeCluster, name: string): ClusterNode {
  const power = (on: boolean) => {
    cluster.setPower(name, on);
    return Promise.resolve();
  };
  return {
    ...fakeHost(cluster, name),
    isOn: () => Promise.resolve(cluster.on.get(name) ?? false),
    powerOff: () => power(false),
    powerOn: () => power(true),
  };
}

function fakeJournal(): Journal {
  const faults = new Map<string, JournalEntry & { notedMs: number }>();
  return {
    add: (fault) =>
      Promise.resolve(void faults.set(fault.id, { ...fault, leftS: fault.leaseS, dirty: null, proof: null, notedMs: performance.now() })),
    note(id, news) {
      const fault = faults.get(id);
      if (fault) Object.assign(fault, news);
      return Promise.resolve();
    },
    remove: (id) => Promise.resolve(void faults.delete(id)),
    list: () =>
      Promise.resolve(
        [...faults.values()].map(({ notedMs, ...fault }) => ({ ...fault, leftS: fault.leaseS - (performance.now() - notedMs) / 1000 })),
      ),
  };
}

function fakeFabric(cluster: FakeCluster): Fabric {
  const topology = topologyOf(cluster.definition);
  return {
    setCable(node, nic, state) {
      for (const end of portsOnCable(topology, portOf(topology, node, nic))) {
        if (state === "cut") cluster.cut.add(`${end.node}.${end.nic}`);
        else cluster.cut.delete(`${end.node}.${end.nic}`);
      }
      cluster.changes.emit("change");
      return Promise.resolve();
    },
    setForwarding(node, nic, forwards) {
      if (forwards) cluster.mute.delete(`${node}.${nic}`);
      else cluster.mute.add(`${node}.${nic}`);
      return Promise.resolve();
    },
    isForwarding: (node, nic) => Promise.resolve(!cluster.mute.has(`${node}.${nic}`)),
    isCableCut: (node, nic) => Promise.resolve(cluster.cut.has(`${node}.${nic}`)),
    cutCables: () => Promise.resolve(topology.ports.filter(({ node, nic }) => cluster.cut.has(`${node}.${nic}`))),
    pluggedNics: (node) =>
      Promise.resolve(cluster.on.get(node) ? topology.ports.filter((port) => port.node === node).map(({ nic }) => nic) : []),
  };
}
