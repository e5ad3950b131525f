import { z } from "zod";
import { serviceNetwork } from "../cluster/topology.js";
import { HachaosError } from "../kernel/errors.js";
import type { ClusterNode, Host, Lab } from "../lab/lab.js";
import { defineFault } from "./fault.js";

/** Our nft tables in the gateway's namespace begin so: one for each node, so that taking back what hits one leaves the others as they are. */
const TABLES = "hachaos_blackhole_";

/** The gateway stops answering some nodes, as a router with a broken rule or table does: it is on the wire but mute. */
export const gatewayBlackhole = defineFault({
  kind: "gateway-blackhole",
  title: "Gateway silent",
  summary: "The gateway no longer answers the node (or all nodes); the rest of the network works.",
  params: z.strictObject({
    how: z.enum(["drop", "reject"]).default("drop").describe("say nothing, or answer that the host is unreachable"),
  }),
  targets: "nodes",
  expects: "standby",
  draw: (_lab, nodes) => ({ label: "gateway silent", colour: "#0369a1", nodes: [], nics: [], processes: [], gatewayFrom: nodes }),
  async inject({ lab, nodes, params }) {
    for (const { host, commands } of rulesFor(lab, nodes, params.how)) {
      await host.exec(["nft", "--file", "-"], { stdin: `${commands.join("\n")}\n` });
    }
    return () => Promise.all(nodes.map((node) => expectPing(lab, node.name, false)));
  },
  async find(lab) {
    const silent = await silentTo(lab);
    // How it is silent, the table's rules would tell; its undo does not depend on it.
    return lab.nodes.filter(({ name }) => silent.includes(name)).map((node) => ({ nodes: [node], params: { how: "drop" as const } }));
  },
  undo: ({ lab, nodes }) => ({
    async undo() {
      for (const node of nodes) {
        if (await isThere(lab, node)) await placeOf(lab, node).exec(["nft", "delete", "table", "ip", TABLES + node.name], { allow: "any" });
      }
    },
    async prove() {
      const silent = await silentTo(lab);
      const left = nodes.filter(({ name }) => silent.includes(name)).map(({ name }) => `ip ${TABLES}${name}`);
      if (left.length > 0) throw new HachaosError("undo-not-proven", `there still is the table ${left.join(", ")}`);
      const answered = nodes.map(async (node) => ((await node.isOn()) ? expectPing(lab, node.name, true) : `${node.name}: has no power`));
      const gone = nodes.map((node) => `${placeOf(lab, node).name}: table ip ${TABLES}${node.name} is gone`);
      return [...gone, ...(await Promise.all(answered))];
    },
  }),
});

/** Where a node's table lies: in the gateway, or in the node itself where the gateway is somebody else's. */
function placeOf(lab: Lab, node: ClusterNode): Host {
  return lab.foreignGateway ? node : lab.gateway;
}

/** A node without power has no table. */
async function isThere(lab: Lab, node: ClusterNode): Promise<boolean> {
  return !lab.foreignGateway || node.isOn();
}

/** The commands of nft(8) that make the gateway mute for these nodes, by where they are given. */
function rulesFor(lab: Lab, nodes: ClusterNode[], how: "drop" | "reject"): { host: Host; commands: string[] }[] {
  const verdict = how === "drop" ? "drop" : "reject with icmp type host-unreachable";
  if (lab.foreignGateway) return nodes.map((node) => ({ host: node, commands: rulesInNode(lab, node.name, verdict) }));
  return [{ host: lab.gateway, commands: nodes.flatMap(({ name }) => rulesInGateway(lab, name, verdict)) }];
}

function rulesInGateway(lab: Lab, node: string, verdict: string): string[] {
  return [
    `add table ip ${TABLES}${node}`,
    `add chain ip ${TABLES}${node} input { type filter hook input priority -300; }`,
    // By MAC: a node's packets may carry any of its addresses, the VIP included.
    `add rule ip ${TABLES}${node} input ether saddr ${bondMac(lab, node)} counter ${verdict}`,
  ];
}

/** What the node sends to the gateway's own address, and what comes from there; what the gateway passes on is not touched, there as here. */
function rulesInNode(lab: Lab, node: string, verdict: string): string[] {
  const { gateway } = serviceNetwork(lab.definition);
  return [
    `add table ip ${TABLES}${node}`,
    `add chain ip ${TABLES}${node} output { type filter hook output priority -300; }`,
    `add rule ip ${TABLES}${node} output ip daddr ${gateway} counter ${verdict}`,
    `add chain ip ${TABLES}${node} input { type filter hook input priority -300; }`,
    `add rule ip ${TABLES}${node} input ip saddr ${gateway} counter drop`,
  ];
}

/** The names of the nodes that have a table. */
async function silentTo(lab: Lab): Promise<string[]> {
  const there = await Promise.all(lab.nodes.map((node) => isThere(lab, node)));
  const places = new Set(lab.nodes.filter((_node, index) => there[index]).map((node) => placeOf(lab, node)));
  const lists = await Promise.all([...places].map((host) => tablesOf(host, lab.foreignGateway === true)));
  return lists.flat();
}

/** On somebody else's machine nft may be missing, and then so is our table. */
async function tablesOf(host: Host, isForeign: boolean): Promise<string[]> {
  const { stdout } = await host.exec(["nft", "list", "tables"], { allow: isForeign ? "any" : [0] });
  const ours = `table ip ${TABLES}`;
  return stdout.split("\n").flatMap((line) => (line.startsWith(ours) ? [line.slice(ours.length)] : []));
}

async function expectPing(lab: Lab, node: string, answer: boolean): Promise<string> {
  const { gateway } = serviceNetwork(lab.definition);
  const from = lab.nodes.find((candidate) => candidate.name === node);
  const ping = await from?.exec(["ping", "-n", "-c", "1", "-W", "1", gateway], { allow: "any", timeoutMs: 5_000 });
  const answered = ping?.exitCode === 0;
  if (answered === answer) return `${node}: ping ${gateway}: ${answered ? "answered" : "no answer"}`;
  throw new HachaosError(
    answer ? "undo-not-proven" : "fault-not-proven",
    `${node}: ping ${gateway} ${answered ? "still answered" : "still not answered"}`,
  );
}

/** A bond speaks with the MAC of its first NIC (bonding.rst, fail_over_mac=none), whichever leg is active. */
function bondMac(lab: Lab, node: string): string {
  const bond = lab.definition.bonds.find((candidate) => candidate.network === serviceNetwork(lab.definition).name);
  const mac = lab.facts.macs[node]?.[bond?.nics[0] ?? ""];
  if (mac === undefined) throw new Error(`the MAC of ${node} on the service network is not known`);
  return mac;
}
