import { measureHostPace } from "../measure-host-pace.js";
import { chooseBonding } from "./bonding/bonding.js";
import type { Housing } from "./housing.js";
import { AGENTS_AT } from "./machine.js";
import { AGENTS, nodeAddresses, nodeFiles } from "./node-files.js";

/** The container is the node: systemd runs in it, on the kernel of the engine's host. */
export const systemHousing: Housing = {
  name: "containers",
  image: "node",
  prepare: async () => null,
  contents: async (definition, node) => ({
    role: "node",
    extraHosts: nodeAddresses(definition),
    files: nodeFiles(definition, node.name),
    folders: [{ source: AGENTS, target: `${AGENTS_AT}/probe/agents` }],
  }),
  machine: (container) => container,
  bonding: chooseBonding,
  pace: (_, beside) => measureHostPace(beside),
  mechanisms: ({ name }) => ({
    cables: "veth pairs over bridges in the lab's own namespace",
    bonds: name,
    power: "NICs removed, then SIGKILL, both from the fabric",
  }),
};
