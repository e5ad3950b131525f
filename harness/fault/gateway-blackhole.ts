import { z } from "zod";
import { serviceNetwork } from "../cluster/topology.js";
import { HachaosError } from "../kernel/errors.js";
import type { Lab } from "../lab/lab.js";
import { defineFault } from "./fault.js";

/** The one nft table in the gateway's namespace that is ours. */
const TABLE = ["ip", "hachaos_blackhole"];

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
    // By MAC: a node's packets may carry any of its addresses, the VIP included.
    const rules = nodes.map((node) => `add rule ${TABLE.join(" ")} input ether saddr ${bondMac(lab, node.name)} counter ${verdict}\n`);
    const chain = `add table ${TABLE.join(" ")}\nadd chain ${TABLE.join(" ")} input { type filter hook input priority -300; }\n`;
    await lab.gateway.exec(["nft", "--file", "-"], { stdin: chain + rules.join("") });
    return () => Promise.all(nodes.map((node) => expectPing(lab, node.name, false)));
  },
  async find(lab) {
    // Whom it was silent to, the table's rules would tell; that all are answered is to be proven anyway.
    return (await hasTable(lab)) ? [{ nodes: lab.nodes, params: { how: "drop" as const } }] : [];
  },
  undo: ({ lab, nodes }) => ({
    async undo() {
      await lab.gateway.exec(["nft", "delete", "table", ...TABLE], { allow: "any" });
    },
    async prove() {
      if (await hasTable(lab)) throw new HachaosError("undo-not-proven", `the gateway still has table ${TABLE.join(" ")}`);
      const answered = nodes.map(async (node) => ((await node.isOn()) ? expectPing(lab, node.name, true) : `${node.name}: has no power`));
      return [`gateway: table ${TABLE.join(" ")} is gone`, ...(await Promise.all(answered))];
    },
  }),
});

async function hasTable(lab: Lab): Promise<boolean> {
  const tables = await lab.gateway.exec(["nft", "list", "tables"]);
  return tables.stdout.split("\n").includes(`table ${TABLE.join(" ")}`);
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
