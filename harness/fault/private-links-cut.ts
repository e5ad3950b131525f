import { z } from "zod";
import type { Lab } from "../lab/lab.js";
import { joinAgain, proveCarrier, type Nic } from "./cables.js";
import { defineFault } from "./fault.js";

/** All direct cables between the nodes are cut: the private bond is dead, corosync is left with its spare link. */
export const privateLinksCut = defineFault({
  kind: "private-links-cut",
  title: "Private links cut",
  summary: "Every direct cable between the nodes is cut at once.",
  params: z.strictObject({}),
  targets: "network",
  expects: "same",
  draw: (lab) => ({
    label: "private links cut",
    colour: "#9333ea",
    nodes: [],
    nics: privateNics(lab).map(({ node, nic }) => `${node}.${nic}`),
    processes: [],
    gatewayFrom: [],
  }),
  async inject({ lab }) {
    const nics = privateNics(lab);
    await Promise.all(nics.map(({ node, nic }) => lab.fabric.setCable(node, nic, "cut")));
    return () => Promise.all(nics.map((nic) => proveCarrier(lab, nic, false, "fault-not-proven")));
  },
  undo: ({ lab }) => joinAgain(lab, privateNics(lab)),
});

function privateNics(lab: Lab): Nic[] {
  const { bonds, networks, nodes } = lab.definition;
  const direct = networks.filter((network) => network.wiring === "cables").map((network) => network.name);
  const nics = bonds.filter((bond) => direct.includes(bond.network)).flatMap((bond) => bond.nics);
  return nodes.flatMap((node) => nics.map((nic) => ({ node: node.name, nic })));
}
