import { z } from "zod";
import { HachaosError } from "../kernel/errors.js";
import { nodeOf, type Lab } from "../lab/lab.js";
import { proveCarrier, type Nic } from "./cables.js";
import { defineFault } from "./fault.js";

/** A switch port that passes nothing on though its light is on: what looks at the carrier alone, as a bond's miimon does, must not notice. */
export const linkSilent = defineFault({
  kind: "link-silent",
  title: "Frames silently lost",
  summary: "What one NIC plugs into passes no frame on any more, in either direction, and keeps its carrier.",
  params: z.strictObject({ nic: z.string().default("eth0").describe("NIC whose frames get lost") }),
  targets: "nodes",
  expects: "same",
  draw: (_lab, nodes, { nic }) => ({
    label: `${nic} silent`,
    colour: "#7c3aed",
    nodes: [],
    nics: nodes.map((node) => `${node}.${nic}`),
    processes: [],
    gatewayFrom: [],
  }),
  async inject({ lab, nodes, params: { nic } }) {
    for (const { name } of nodes) await lab.fabric.setForwarding(name, nic, false);
    return () => Promise.all(nodes.map(({ name }) => proveSilent(lab, { node: name, nic })));
  },
  undo: ({ lab, nodes, params: { nic } }) => ({
    async undo() {
      for (const { name } of nodes) if (!(await lab.fabric.isForwarding(name, nic))) await lab.fabric.setForwarding(name, nic, true);
    },
    prove: () => Promise.all(nodes.map(({ name }) => proveHeard(lab, { node: name, nic }))),
  }),
});

async function proveSilent(lab: Lab, { node, nic }: Nic): Promise<string> {
  if (await lab.fabric.isForwarding(node, nic)) throw new HachaosError("fault-not-proven", `${node} ${nic}: its port still forwards`);
  return `${node} ${nic}: its port forwards nothing (bridge link); ${await proveCarrier(lab, { node, nic }, true, "fault-not-proven")}`;
}

async function proveHeard(lab: Lab, { node, nic }: Nic): Promise<string> {
  if (!(await lab.fabric.isForwarding(node, nic)))
    throw new HachaosError("undo-not-proven", `${node} ${nic}: its port still forwards nothing`);
  const power = (await nodeOf(lab, node).isOn()) ? "" : "; the node has no power";
  return `${node} ${nic}: its port forwards (bridge link)${power}`;
}
