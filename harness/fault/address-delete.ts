import { z } from "zod";
import { vipResource } from "../cluster/resources.js";
import { HachaosError } from "../kernel/errors.js";
import { waitUntil } from "../kernel/wait-until.js";
import type { ClusterNode } from "../lab/lab.js";
import { proveForgotten, refreshResource } from "./fail-count.js";
import { defineFault, NOTHING_TO_UNDO } from "./fault.js";

/** Pacemaker's default operation timeout: the agent's start may take no longer. */
const BACK_WITHIN_MS = 20_000;

/** Somebody takes the service's address off the node by hand. */
export const addressDelete = defineFault({
  kind: "address-delete",
  title: "Address deleted",
  summary: "The service's address is deleted from the node behind the cluster's back.",
  params: z.strictObject({}),
  targets: "nodes",
  expects: "same",
  draw: () => ({ label: "address deleted", colour: "#be185d", nodes: [], nics: [], processes: [], gatewayFrom: [] }),
  async inject({ lab, nodes }) {
    const { address } = lab.definition.service;
    if (!vipResource(lab.definition)) throw new HachaosError("fault-not-proven", `no resource of pacemaker.crm holds ${address}`);
    for (const node of nodes) {
      const held = await holding(node, address);
      if (held === null) throw new HachaosError("fault-not-proven", `${node.name} does not hold ${address}: there is nothing to delete`);
      await node.exec(["ip", "address", "delete", `${address}/${held.prefix}`, "dev", held.device]);
    }
    return () => Promise.all(nodes.map((node) => proveDeleted(node, address)));
  },
  undo({ lab, nodes }) {
    const resource = vipResource(lab.definition)?.id;
    if (resource === undefined) return NOTHING_TO_UNDO;
    return {
      undo: () => refreshResource(lab, resource),
      async prove() {
        const forgotten = await Promise.all(nodes.map((node) => proveForgotten(lab, node, resource)));
        return [...forgotten, await proveBack(lab.nodes, lab.definition.service.address)];
      },
    };
  },
});

async function proveDeleted(node: ClusterNode, address: string): Promise<string> {
  const held = await holding(node, address);
  if (held !== null) throw new HachaosError("fault-not-proven", `${node.name} still has ${address} on ${held.device}`);
  return `${node.name}: ${address} is on no interface (ip address)`;
}

/** The cluster has put it back on one of the nodes. */
async function proveBack(nodes: ClusterNode[], address: string): Promise<string> {
  return waitUntil(
    `a node has ${address} again`,
    async () => {
      for (const node of nodes) {
        const held = (await node.isOn()) ? await holding(node, address) : null;
        if (held !== null) return { done: true, value: `${node.name}: ${address} is on ${held.device} again (ip address)` };
      }
      return { done: false, seen: "no node has it" };
    },
    { timeoutMs: BACK_WITHIN_MS, everyMs: 100, code: "undo-not-proven" },
  );
}

/** Where the node's kernel has an address, or null. */
async function holding(node: ClusterNode, address: string): Promise<{ device: string; prefix: number } | null> {
  const shown = await node.exec(["ip", "-j", "address", "show"]);
  const links = JSON.parse(shown.stdout) as { ifname: string; addr_info: { local?: string; prefixlen: number }[] }[];
  for (const { ifname, addr_info } of links) {
    const found = addr_info.find(({ local }) => local === address);
    if (found) return { device: ifname, prefix: found.prefixlen };
  }
  return null;
}
