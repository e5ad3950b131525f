import { z } from "zod";
import { HachaosError } from "../kernel/errors.js";
import type { ClusterNode, Lab } from "../lab/lab.js";
import { defineFault } from "./fault.js";

/** The power cord is pulled: no farewell, no last packet. Healing plugs it in again and boots the node. */
export const nodePowerOff = defineFault({
  kind: "node-power-off",
  title: "Power lost",
  summary: "The node loses power: its NICs go dark, everything in it is killed at once.",
  params: z.strictObject({}),
  targets: "nodes",
  expects: "standby",
  draw: (_lab, nodes) => ({ label: "power off", colour: "#64748b", nodes, nics: [], processes: [], gatewayFrom: [] }),
  async inject({ nodes, notePower }) {
    for (const node of nodes) {
      notePower(node.name, false);
      await node.powerOff();
    }
    return () => Promise.all(nodes.map(proveOff));
  },
  undo: ({ lab, nodes, notePower }) => ({
    async undo() {
      for (const node of nodes) {
        if (await node.isOn()) continue;
        notePower(node.name, true);
        await node.powerOn();
      }
    },
    prove: () => Promise.all(nodes.map((node) => proveSameMachine(lab, node))),
  }),
});

async function proveOff(node: ClusterNode): Promise<string> {
  if (await node.isOn()) throw new HachaosError("fault-not-proven", `${node.name} still runs`);
  return `${node.name}: off`;
}

/** A machine that comes back has the NICs, names and MACs it had. */
async function proveSameMachine(lab: Lab, node: ClusterNode): Promise<string> {
  if (!(await node.isOn())) throw new HachaosError("undo-not-proven", `${node.name} is still off`);
  const links = await node.exec(["ip", "-j", "link", "show"]);
  const shown = JSON.parse(links.stdout) as { ifname: string; address: string }[];
  const wanted = Object.entries(lab.facts.macs[node.name] ?? {});
  const wrong = wanted
    .filter(([nic, mac]) => shown.find((link) => link.ifname === nic)?.address !== mac)
    .map(([nic, mac]) => `${nic} ${mac}`);
  if (wrong.length > 0) throw new HachaosError("undo-not-proven", `${node.name} came back without ${wrong.join(", ")}`);
  return `${node.name}: on again, with ${wanted.map(([nic, mac]) => `${nic} ${mac}`).join(", ")}`;
}
