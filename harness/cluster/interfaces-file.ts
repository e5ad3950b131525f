import type { BondDefinition, ClusterDefinition, NodeDefinition } from "./definition.js";
import { networkOf } from "./topology.js";

/** Modes in which one NIC carries the traffic, so one can be preferred (kernel Documentation/networking/bonding.rst, `primary`). */
const WITH_PRIMARY = ["active-backup", "balance-tlb", "balance-alb"];

/**
 * The text of a node's /etc/network/interfaces: a stanza for each bond in the words of ifenslave's README.Debian and interfaces(5), and
 * the default route through the service network's gateway.
 */
export function interfacesFile(definition: ClusterDefinition, node: NodeDefinition): string {
  const stanzas = definition.bonds.map((bond) => bondStanza(definition, node, bond));
  return (
    [`# /etc/network/interfaces of ${node.name}, from cluster.yaml`, "auto lo\niface lo inet loopback", ...stanzas].join("\n\n") + "\n"
  );
}

function bondStanza(definition: ClusterDefinition, node: NodeDefinition, bond: BondDefinition): string {
  const { prefix, gateway } = networkOf(definition, bond);
  const address = node.addresses[bond.name];
  return [
    `auto ${bond.name}`,
    `iface ${bond.name} inet ${address === undefined ? "manual" : "static"}`,
    ...(address === undefined ? [] : [`    address ${address}/${prefix}`]),
    ...(gateway === null ? [] : [`    gateway ${gateway}`]),
    `    bond-slaves ${bond.nics.join(" ")}`,
    `    bond-mode ${bond.mode}`,
    ...(WITH_PRIMARY.includes(bond.mode) ? [`    bond-primary ${bond.nics[0] ?? ""}`] : []),
    `    bond-miimon ${bond.miimonMs}`,
    `    bond-downdelay ${bond.downdelayMs}`,
    `    bond-updelay ${bond.updelayMs}`,
  ].join("\n");
}
