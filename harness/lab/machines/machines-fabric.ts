import type { ClusterDefinition } from "../../cluster/definition.js";
import { topologyOf, portOf } from "../../cluster/topology.js";
import { nodeOf, type ClusterNode, type Fabric, type Lab } from "../lab.js";
import { isUp, readLinks, type IpLink } from "./ip-links.js";
import { refuseLastWay, type WayIn } from "./way-in.js";

/**
 * Nobody is there to pull a cable, so its NIC is set down in the node itself: to the node it is without a carrier, and so it is to a port at
 * the far end of a real cable; a switch of a virtual machine's host may go on showing one.
 */
export function machinesFabric(definition: ClusterDefinition, nodes: ClusterNode[], ways: Record<string, WayIn | null>): Fabric {
  const topology = topologyOf(definition);
  const legs = Object.fromEntries(definition.bonds.map((bond) => [bond.name, bond.nics]));
  /** By node: what is cut, or is just being cut, by us. Several NICs are cut at once, and each must know of the others. */
  const cutByUs = new Map<string, Set<string>>(nodes.map(({ name }) => [name, new Set<string>()]));
  const byName = (name: string) => nodeOf({ nodes } as Pick<Lab, "nodes"> as Lab, name);

  /** The node's NICs of the definition that are there; none of a node that is off. */
  async function nicsThere(node: ClusterNode): Promise<IpLink[]> {
    if (!(await node.isOn())) return [];
    const own = topology.ports.filter((port) => port.node === node.name).map(({ nic }) => nic);
    return (await readLinks(node)).filter(({ ifname }) => own.includes(ifname));
  }

  return {
    async setCable(name, nic, state) {
      const node = byName(name);
      portOf(topology, name, nic);
      const cut = cutByUs.get(name) ?? new Set();
      if (state === "joined") {
        cut.delete(nic);
        await node.exec(["ip", "link", "set", nic, "up"]);
        return;
      }
      cut.add(nic);
      const way = ways[name];
      try {
        if (way) refuseLastWay(name, { links: await readLinks(node), way, legs, cut });
        await node.exec(["ip", "link", "set", nic, "down"]);
      } catch (error) {
        cut.delete(nic);
        throw error;
      }
    },
    async isCableCut(name, nic) {
      return (await nicsThere(byName(name))).some((link) => link.ifname === nic && !isUp(link));
    },
    async cutCables() {
      const perNode = await Promise.all(
        nodes.map(async (node) =>
          (await nicsThere(node)).filter((link) => !isUp(link)).map(({ ifname }) => ({ node: node.name, nic: ifname })),
        ),
      );
      return perNode.flat();
    },
    async pluggedNics(name) {
      return (await nicsThere(byName(name))).map(({ ifname }) => ifname);
    },
  };
}
