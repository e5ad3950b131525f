import { z } from "zod";
import { topologyOf } from "../cluster/topology.js";
import type { ClusterNode, Lab } from "../lab/lab.js";
import { joinAgain, proveCarrier, type Nic } from "./cables.js";
import { defineFault } from "./fault.js";

/**
 * Every cable of the node's bonds is pulled at once: it lives and hears nobody. It leaves cut cables and nothing else, and those are found
 * as pulled ones (link-down), one by one.
 */
export const nodeIsolated = defineFault({
  kind: "node-isolated",
  title: "Node isolated",
  summary: "Every cable of the node's bonds is pulled at once, private and service: it goes on running, and nobody hears it.",
  params: z.strictObject({}),
  targets: "nodes",
  expects: "standby",
  draw: (lab, nodes) => ({
    label: "isolated",
    colour: "#be185d",
    nodes: [],
    nics: bondedNics(lab, nodes).map(({ node, nic }) => `${node}.${nic}`),
    processes: [],
    gatewayFrom: [],
  }),
  async inject({ lab, nodes }) {
    const nics = nicsOf(lab, nodes);
    await Promise.all(nics.map(({ node, nic }) => lab.fabric.setCable(node, nic, "cut")));
    return () => Promise.all(nics.map((nic) => proveCarrier(lab, nic, false, "fault-not-proven")));
  },
  undo: ({ lab, nodes }) => joinAgain(lab, nicsOf(lab, nodes)),
});

function nicsOf(lab: Lab, nodes: ClusterNode[]): Nic[] {
  return bondedNics(
    lab,
    nodes.map(({ name }) => name),
  );
}

function bondedNics({ definition }: Lab, nodes: string[]): Nic[] {
  return topologyOf(definition).ports.filter(({ node }) => nodes.includes(node));
}
