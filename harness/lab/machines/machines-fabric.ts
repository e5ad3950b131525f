import type { ClusterDefinition } from "../../cluster/definition.js";
import { portOf, topologyOf } from "../../cluster/topology.js";
import type { ClusterNode, Fabric } from "../lab.js";
import type { GuardedWay } from "./guard-way.js";
import { isUp, readLinks, type IpLink } from "./ip-links.js";
import { refuseSilence } from "./way-in.js";

/** Our nft tables that let no frame pass begin so: one for each NIC. */
const SILENT = "hachaos_silent_";

/**
 * Nobody is there to pull a cable, so its NIC is set down in the node itself: to the node it is without a carrier, and so it is to a port at
 * the far end of a real cable; a switch of a virtual machine's host may go on showing one.
 */
export function machinesFabric(definition: ClusterDefinition, nodes: ClusterNode[], ways: Record<string, GuardedWay>): Fabric {
  const topology = topologyOf(definition);

  function known(node: string, nic: string): ClusterNode {
    portOf(topology, node, nic);
    return nodeNamed(nodes, node);
  }

  /** The node's NICs of the definition that are there; none of a node that is off. */
  async function nicsThere(node: ClusterNode): Promise<IpLink[]> {
    if (!(await node.isOn())) return [];
    const own = topology.ports.filter((port) => port.node === node.name).map(({ nic }) => nic);
    return (await readLinks(node)).filter(({ ifname }) => own.includes(ifname));
  }

  async function cutAt(node: ClusterNode): Promise<{ node: string; nic: string }[]> {
    return (await nicsThere(node)).filter((link) => !isUp(link)).map(({ ifname }) => ({ node: node.name, nic: ifname }));
  }

  return {
    async setCable(name, nic, state) {
      await known(name, nic).exec(["ip", "link", "set", nic, state === "cut" ? "down" : "up"]);
    },
    async isCableCut(name, nic) {
      return (await cutAt(known(name, nic))).some((cut) => cut.nic === nic);
    },
    async cutCables() {
      return (await Promise.all(nodes.map(cutAt))).flat();
    },
    async setForwarding(name, nic, forwards) {
      const node = known(name, nic);
      const table = SILENT + nic;
      if (forwards) {
        await node.exec(["nft", "delete", "table", "netdev", table], { allow: "any" });
        return;
      }
      const { way, legs } = ways[name] ?? { way: null, legs: {} };
      if (way !== null) refuseSilence(name, nic, { links: await readLinks(node), way, legs });
      // Before and behind everything else that nft or the kernel does with a frame (nft(8), ingress and egress hook).
      const chain = (hook: string) =>
        `add chain netdev ${table} ${hook} { type filter hook ${hook} device "${nic}" priority -500; policy drop; }`;
      const commands = [`add table netdev ${table}`, chain("ingress"), chain("egress")];
      await node.exec(["nft", "--file", "-"], { stdin: `${commands.join("\n")}\n` });
    },
    async isForwarding(name, nic) {
      const node = known(name, nic);
      if (!(await node.isOn())) return true;
      const { stdout } = await node.exec(["nft", "list", "tables"], { allow: "any" });
      return !stdout.split("\n").includes(`table netdev ${SILENT}${nic}`);
    },
    async pluggedNics(name) {
      return (await nicsThere(nodeNamed(nodes, name))).map(({ ifname }) => ifname);
    },
  };
}

function nodeNamed(nodes: readonly ClusterNode[], name: string): ClusterNode {
  const node = nodes.find((candidate) => candidate.name === name);
  if (!node) throw new Error(`no node ${name}`);
  return node;
}
