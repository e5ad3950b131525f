import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ClusterDefinition, NodeDefinition } from "../../cluster/definition.js";
import { topologyOf } from "../../cluster/topology.js";
import { HachaosError } from "../../kernel/errors.js";
import { kernelBonding } from "../containers/bonding/kernel-bonding.js";
import type { Contents, Housing } from "../containers/housing.js";
import { AGENTS_AT } from "../containers/machine.js";
import { AGENTS, nodeAddresses, nodeFiles } from "../containers/node-files.js";
import { CONFIG_AT, MANAGEMENT, PROGRAM_AT, SEED_AT, type ChassisConfig } from "./chassis/chassis-config.js";
import { KVM, type Accelerator } from "./find-accelerator.js";
import { guestMachine } from "./guest-machine.js";
import { measurePace } from "../measure-pace.js";
import { newMachineId, newSetup, type VmSetup } from "./vm-setup.js";

/** Seen (bookworm, free -m): a node of the maquette uses 325 MiB once the cluster runs; the rest is room for observers and caches. */
const MEMORY_MB = 640;

/** Each machine's is on a link of its own, which nobody else is on. Locally administered (IEEE 802, bit 1 of the first octet). */
const MANAGEMENT_MAC = "52:54:00:00:13:02";

/** The container is a chassis: QEMU runs in it, and in that a machine with Debian's own kernel. */
export const vmHousing: Housing = {
  name: "vm",
  image: "chassis",
  prepare: newSetup,
  async contents(definition, node, setup) {
    const { accelerator } = known(setup);
    const config = chassisConfig(definition, node, accelerator);
    const seed = seedFiles(definition, node, known(setup));
    return {
      role: "chassis",
      ...(accelerator.name === "kvm" && { devices: [KVM] }),
      extraHosts: [],
      files: [
        { content: JSON.stringify(config), target: CONFIG_AT },
        { content: program(), target: PROGRAM_AT },
        ...seed.map((file) => ({ ...file, target: `${SEED_AT}${file.target}` })),
      ],
      folders: [{ source: AGENTS, target: `${SEED_AT}${AGENTS_AT}/probe/agents` }],
    };
  },
  machine: (container, setup) => guestMachine(container, known(setup)),
  bonding: async () => kernelBonding,
  pace: measurePace,
  mechanisms: (_bonding, setup) => ({
    machine: `QEMU with ${known(setup).accelerator.name.toUpperCase()}: ${known(setup).accelerator.why}`,
    cables: "veth pairs over bridges in the lab's own namespace, their carrier handed on by QEMU's set_link",
    bonds: "the guest kernel's driver, by ifupdown and ifenslave",
    power: "NICs removed, then SIGKILL to QEMU, both from the fabric",
    commands: "ssh over a management NIC of its own",
  }),
};

function chassisConfig(definition: ClusterDefinition, { name }: NodeDefinition, accelerator: Accelerator): ChassisConfig {
  const ports = topologyOf(definition).ports.filter(({ node }) => node === name);
  return {
    node: name,
    nics: ports.map(({ nic, mac }) => ({ nic, mac })).sort((a, b) => a.nic.localeCompare(b.nic, "en", { numeric: true })),
    managementMac: MANAGEMENT_MAC,
    memoryMb: MEMORY_MB,
    accelerator: accelerator.name,
    machineId: newMachineId(),
  };
}

/** What a node of a lab has and the image has not. */
function seedFiles(definition: ClusterDefinition, { name }: NodeDefinition, { user, host }: VmSetup): Contents["files"] {
  const names = nodeAddresses(definition).map(({ host, ipAddress }) => `${ipAddress} ${host}\n`);
  return [
    ...nodeFiles(definition, name),
    { content: `127.0.0.1 localhost\n${names.join("")}`, target: "/etc/hosts" },
    { content: `${name}\n`, target: "/etc/hostname" },
    { content: `${MANAGEMENT_MAC} ${MANAGEMENT.machine}/${MANAGEMENT.prefix}\n`, target: "/etc/hachaos/management" },
    { content: `${user.public}\n`, target: "/root/.ssh/authorized_keys", mode: 0o600 },
    { content: host.private, target: "/etc/ssh/ssh_host_ed25519_key", mode: 0o600 },
    { content: `${host.public}\n`, target: "/etc/ssh/ssh_host_ed25519_key.pub" },
  ];
}

function known(setup: VmSetup | null): VmSetup {
  if (setup === null) throw new Error("a lab of virtual machines without its keys");
  return setup;
}

function program(): Buffer {
  if (existsSync(PROGRAM)) return readFileSync(PROGRAM);
  throw new HachaosError("lab-not-ready", `${PROGRAM} is not there: no virtual node without it`, { hint: "npm run build" });
}

/** Made by `npm run build`. */
export const PROGRAM = fileURLToPath(new URL("chassis/bundle.mjs", import.meta.url));
