import { monotonicUs } from "../../kernel/monotonic-clock.js";
import { serviceResource, vipResource } from "../../cluster/resources.js";
import type { Agent } from "../lab.js";
import { macsOf, type FakeCluster } from "./fake-cluster.js";

type Send = (message: Record<string, unknown>) => void;

/** What one of our agents would send from a host. */
export function fakeAgent(cluster: FakeCluster, host: string, agent: string, config: unknown, send: Send): Agent {
  const { periodMs = 10, aliveEveryMs = 1_000 } = config as { periodMs?: number; aliveEveryMs?: number };
  switch (agent) {
    case "http-probe":
      return fakeHttpAgent(cluster, periodMs, send);
    case "http-kept-probe":
      return fakeHttpAgent(cluster, periodMs, (message) => {
        send({ ...message, connection: 1 });
      });
    case "neighbour-observer":
      return fakeNeighbourAgent(cluster, send);
    case "node-observer":
      return fakeNodeAgent(cluster, host, aliveEveryMs, send);
    default:
      throw new Error(`no pretended agent ${agent}`);
  }
}

/** What the HTTP agent would send, on its schedule. */
function fakeHttpAgent(cluster: FakeCluster, periodMs: number, send: Send): Agent {
  const startUs = monotonicUs();
  let next = 0;
  const timer = setInterval(() => {
    for (; startUs + next * periodMs * 1000 <= monotonicUs(); next += 1) {
      const us = startUs + next * periodMs * 1000;
      const answer = cluster.answers();
      const outcome = answer === null ? "timeout" : answer.servedBy === null ? "refused" : "ok";
      const status = outcome === "ok" ? 200 : null;
      const connectedUs = outcome === "ok" ? us + 1_000 : null;
      const times = { us, endUs: us + 2_000, scheduledUs: us, sentUs: us, connectedUs };
      send({ ...times, outcome, status, servedBy: answer?.servedBy ?? null, error: null });
    }
  }, periodMs);
  return endedBy(() => {
    clearInterval(timer);
  });
}

/** What the client's neighbour table would tell: the MAC of whoever holds the address now. */
function fakeNeighbourAgent(cluster: FakeCluster, send: Send): Agent {
  const address = cluster.definition.service.address;
  const nic = cluster.definition.bonds.at(-1)?.nics[0] ?? "";
  let last: string | null | undefined;
  const look = () => {
    // Without an owner the entry of the last one stays for a while, as it does in the kernel.
    const mac = cluster.vipOn === null ? (last ?? null) : (macsOf(cluster, cluster.vipOn)[nic] ?? null);
    if (mac !== last) send({ us: monotonicUs(), address, mac, initial: last === undefined });
    last = mac;
  };
  cluster.changes.on("change", look);
  look();
  return endedBy(() => cluster.changes.off("change", look));
}

/** What the node observer would send: everything once, then what changed. */
function fakeNodeAgent(cluster: FakeCluster, node: string, aliveEveryMs: number, send: Send): Agent {
  const last = new Map<string, string>();
  const tell = (key: string, message: Record<string, unknown>) => {
    const text = JSON.stringify(message);
    if (last.get(key) === text) return;
    const initial = !last.has(key);
    last.set(key, text);
    send({ us: monotonicUs(), ...message, ...(message["watch"] === "cluster" ? {} : { initial }) });
  };
  const look = () => {
    if (!cluster.on.get(node)) return;
    const { definition } = cluster;
    for (const bond of definition.bonds) {
      const legs = bond.nics.filter((nic) => !cluster.cut.has(`${node}.${nic}`));
      for (const nic of bond.nics) tell(nic, { watch: "link", device: nic, carrier: legs.includes(nic) });
      tell(bond.name, { watch: "bond", bond: bond.name, active: legs[0] ?? null });
    }
    const held = cluster.vipOn === node;
    if (held || last.has("vip"))
      tell("vip", { watch: "address", device: definition.bonds.at(-1)?.name ?? "", address: definition.service.address, present: held });
    tell("cluster", { watch: "cluster", xml: crmMonXml(cluster) });
  };
  const powerCut = () => {
    if (!cluster.on.get(node)) agent.lost("power off");
  };
  cluster.changes.on("change", look);
  cluster.changes.on("change", powerCut);
  const alive = setInterval(() => {
    send({ watch: "alive", us: monotonicUs() });
  }, aliveEveryMs);
  const agent = endedBy(() => {
    clearInterval(alive);
    cluster.changes.off("change", look);
    cluster.changes.off("change", powerCut);
  });
  look();
  return agent;
}

function endedBy(stop: () => void): Agent & { lost(reason: string): void } {
  let settle: (reason: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (settle = resolve));
  const end = (reason: string) => {
    stop();
    settle(reason);
  };
  return {
    ended,
    lost: end,
    stop: () => {
      end("stopped");
      return Promise.resolve();
    },
  };
}

function crmMonXml(cluster: FakeCluster): string {
  const nodes = cluster
    .nodes()
    .map((name) => `<node name="${name}" online="${cluster.on.get(name) ? "true" : "false"}" unclean="false" standby="false"/>`);
  const dc = cluster.nodes().find((name) => cluster.on.get(name)) ?? "";
  const resource = (id: string | undefined, on: string | null) =>
    id === undefined
      ? ""
      : `<resource id="${id}" role="${on === null ? "Stopped" : "Started"}" failed="false" blocked="false" managed="true">${on === null ? "" : `<node name="${on}"/>`}</resource>`;
  const server = serviceResource(cluster.definition)?.id;
  const history = [...cluster.failed].map((node) => `<node name="${node}"><resource_history id="${server ?? ""}" fail-count="1"/></node>`);
  return (
    `<pacemaker-result><summary><current_dc name="${dc}" with_quorum="true"/></summary><nodes>${nodes.join("")}</nodes>` +
    `<resources>${resource(vipResource(cluster.definition)?.id, cluster.vipOn)}${resource(server, cluster.serverOn)}</resources>` +
    `<node_history>${history.join("")}</node_history></pacemaker-result>`
  );
}
