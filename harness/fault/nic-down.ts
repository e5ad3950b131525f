import { z } from "zod";
import { HachaosError } from "../kernel/errors.js";
import type { ClusterNode } from "../lab/lab.js";
import { defineFault } from "./fault.js";

/** Somebody typed `ip link set eth0 down` on the wrong node. To its bond that is a lost leg, to the switch a lost carrier or nothing at all. */
export const nicDown = defineFault({
  kind: "nic-down",
  title: "NIC set down",
  summary: "One NIC is set down inside the node, as by `ip link set down`: its cable is whole.",
  params: z.strictObject({ nic: z.string().default("eth0").describe("NIC that is set down") }),
  targets: "nodes",
  expects: "same",
  draw: (_lab, nodes, { nic }) => ({
    label: `${nic} set down`,
    colour: "#a16207",
    nodes: [],
    nics: nodes.map((node) => `${node}.${nic}`),
    processes: [],
    gatewayFrom: [],
  }),
  async inject({ nodes, params: { nic } }) {
    for (const node of nodes) await node.exec(["ip", "link", "set", nic, "down"]);
    return () => Promise.all(nodes.map((node) => proveAdmin(node, nic, false)));
  },
  undo: ({ nodes, params: { nic } }) => ({
    async undo() {
      for (const node of nodes) if (await node.isOn()) await node.exec(["ip", "link", "set", nic, "up"]);
    },
    prove: () =>
      Promise.all(
        nodes.map(async (node) =>
          (await node.isOn()) ? proveAdmin(node, nic, true) : `${node.name}: has no power; ${nic} comes up with it`,
        ),
      ),
  }),
});

/** IFF_UP is what was asked for, whatever the cable does (netdevice(7)). */
async function proveAdmin({ name, exec }: ClusterNode, nic: string, up: boolean): Promise<string> {
  const shown = await exec(["ip", "-j", "link", "show", "dev", nic]);
  const [link] = JSON.parse(shown.stdout) as { flags: string[] }[];
  const isUp = link?.flags.includes("UP") ?? false;
  if (isUp !== up)
    throw new HachaosError(up ? "undo-not-proven" : "fault-not-proven", `${name} ${nic} is ${isUp ? "up" : "down"} (ip link)`);
  return `${name}: ${nic} is set ${up ? "up" : "down"} (ip link)`;
}
