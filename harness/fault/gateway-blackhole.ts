import { z } from "zod";
import { serviceNetwork } from "../cluster/topology.js";
import { HachaosError } from "../kernel/errors.js";
import type { Lab } from "../lab/lab.js";
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
    const verdict = params.how === "drop" ? "drop" : "reject with icmp type host-unreachable";
    const tables = nodes.map(({ name }) => [
      `add table ip ${TABLES}${name}`,
      `add chain ip ${TABLES}${name} input { type filter hook input priority -300; }`,
      // By MAC: a node's packets may carry any of its addresses, the VIP included.
      `add rule ip ${TABLES}${name} input ether saddr ${bondMac(lab, name)} counter ${verdict}`,
    ]);
    await lab.gateway.exec(["nft", "--file", "-"], { stdin: `${tables.flat().join("\n")}\n` });
    return () => Promise.all(nodes.map((node) => expectPing(lab, node.name, false)));
  },
  async find(lab) {
    const silent = await silentTo(lab);
    // How it is silent, the table's rules would tell; its undo does not depend on it.
    return lab.nodes.filter(({ name }) => silent.includes(name)).map((node) => ({ nodes: [node], params: { how: "drop" as const } }));
  },
  undo: ({ lab, nodes }) => ({
    async undo() {
      for (const { name } of nodes) await lab.gateway.exec(["nft", "delete", "table", "ip", TABLES + name], { allow: "any" });
    },
    async prove() {
      const silent = await silentTo(lab);
      const left = nodes.filter(({ name }) => silent.includes(name)).map(({ name }) => `ip ${TABLES}${name}`);
      if (left.length > 0) throw new HachaosError("undo-not-proven", `the gateway still has table ${left.join(", ")}`);
      const answered = nodes.map(async (node) => ((await node.isOn()) ? expectPing(lab, node.name, true) : `${node.name}: has no power`));
      return [...nodes.map(({ name }) => `gateway: table ip ${TABLES}${name} is gone`), ...(await Promise.all(answered))];
    },
  }),
});

/** The names of the nodes whose tables the gateway has. */
async function silentTo(lab: Lab): Promise<string[]> {
  const { stdout } = await lab.gateway.exec(["nft", "list", "tables"]);
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
