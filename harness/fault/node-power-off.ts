import { z } from "zod";
import { HachaosError } from "../kernel/errors.js";
import type { ClusterNode, Lab } from "../lab/lab.js";
import { readMacs } from "../lab/read-macs.js";
import { defineFault } from "./fault.js";

/** The power cord is pulled: no farewell, no last packet. Healing plugs it in again and boots the node. */
export const nodePowerOff = defineFault({
  kind: "node-power-off",
  title: "Power lost",
  summary: "The node loses power: its NICs go dark, everything in it is killed at once.",
  params: z.strictObject({}),
  targets: "nodes",
  expects: "standby",
  draw: ({ bootsAtOnce }, nodes) => ({
    ...{ label: "power off", colour: "#64748b", nodes, nics: [], processes: [], gatewayFrom: [] },
    ...(bootsAtOnce && { label: "reset", passes: true }),
  }),
  async inject({ lab, nodes, notePower }) {
    for (const node of nodes) {
      notePower(node.name, false);
      await node.powerOff();
    }
    return () => Promise.all(nodes.map((node) => proveOff(lab, node)));
  },
  async find({ nodes }) {
    const on = await Promise.all(nodes.map((node) => node.isOn()));
    return nodes.filter((_node, index) => !on[index]).map((node) => ({ nodes: [node], params: {} }));
  },
  undo: ({ lab, nodes, notePower }) => ({
    async undo() {
      for (const node of nodes) {
        const isOn = await node.isOn();
        if (isOn && (await isUp(node))) continue;
        // That a machine has booted by itself is told by who watches it.
        if (!(isOn && lab.bootsAtOnce)) notePower(node.name, true);
        await node.powerOn();
      }
    },
    prove: () => Promise.all(nodes.map((node) => proveSameMachine(lab, node))),
  }),
});

async function proveOff({ fabric }: Lab, node: ClusterNode): Promise<string> {
  if (await node.isOn()) throw new HachaosError("fault-not-proven", `${node.name} still runs`);
  const plugged = await fabric.pluggedNics(node.name);
  if (plugged.length > 0) throw new HachaosError("fault-not-proven", `${node.name} still has ${plugged.join(", ")}`);
  return `${node.name}: off, without any NIC`;
}

/** Whoever gave it power may have died before the node was all there. */
async function isUp(node: ClusterNode): Promise<boolean> {
  const daemons = await node.exec(["systemctl", "is-active", "--quiet", "corosync", "pacemaker"], { allow: "any" });
  return daemons.exitCode === 0;
}

/** A machine that comes back has the NICs, names and MACs it had. */
async function proveSameMachine(lab: Lab, node: ClusterNode): Promise<string> {
  if (!(await node.isOn())) throw new HachaosError("undo-not-proven", `${node.name} is still off`);
  if (!(await isUp(node))) throw new HachaosError("undo-not-proven", `${node.name} is on again, but corosync or pacemaker does not run`);
  const known = lab.facts.macs[node.name] ?? {};
  const wanted = Object.entries(known);
  const found = await readMacs(node, Object.keys(known));
  const wrong = wanted.filter(([nic, mac]) => found[nic] !== mac).map(([nic, mac]) => `${nic} ${mac}`);
  if (wrong.length > 0) throw new HachaosError("undo-not-proven", `${node.name} came back without ${wrong.join(", ")}`);
  return `${node.name}: on again, with ${wanted.map(([nic, mac]) => `${nic} ${mac}`).join(", ")}`;
}
