import { z } from "zod";
import type { ClusterNode } from "../lab/lab.js";
import { joinAgain, proveCarrier, type Nic } from "./cables.js";
import { defineFault } from "./fault.js";

/** A pulled cable: the NIC has no carrier, which is what the bond's miimon looks at. */
export const linkDown = defineFault({
  kind: "link-down",
  title: "Cable pulled",
  summary: "The cable of one NIC is pulled: it loses its carrier at once.",
  params: z.strictObject({ nic: z.string().default("eth0").describe("NIC whose cable is pulled") }),
  targets: "nodes",
  expects: "same",
  draw: (_lab, nodes, { nic }) => ({
    label: `${nic} pulled`,
    colour: "#b45309",
    nodes: [],
    nics: nodes.map((node) => `${node}.${nic}`),
    processes: [],
    gatewayFrom: [],
  }),
  async inject({ lab, nodes, params }) {
    const nics = pulled(nodes, params);
    for (const { node, nic } of nics) await lab.fabric.setCable(node, nic, "cut");
    return () => Promise.all(nics.map((nic) => proveCarrier(lab, nic, false, "fault-not-proven")));
  },
  async find({ nodes, fabric }) {
    const cut = await fabric.cutCables();
    return nodes.flatMap((node) => cut.filter((cable) => cable.node === node.name).map(({ nic }) => ({ nodes: [node], params: { nic } })));
  },
  undo: ({ lab, nodes, params }) => joinAgain(lab, pulled(nodes, params)),
});

function pulled(nodes: ClusterNode[], { nic }: { nic: string }): Nic[] {
  return nodes.map((node) => ({ node: node.name, nic }));
}
