import type { BondDefinition, ClusterDefinition, NodeDefinition } from "../../../cluster/definition.js";
import { networkOf, portOf, serviceNetwork, topologyOf } from "../../../cluster/topology.js";
import { HachaosError } from "../../../kernel/errors.js";
import type { Bonding } from "./bonding.js";

/** IEEE 802.3ad, now 802.1AX: legs are one when both ends say so, by LACP. */
const LACP_MODE = "802.3ad";

/**
 * Kernel bond modes that Open vSwitch has a counterpart for (ovs-vswitchd.conf.db(5), bond_mode and lacp). It has none for the others: nothing
 * that sends in turn (balance-rr) or on all legs (broadcast); and what balance-slb does with its legs, moving flows by load and dropping
 * what comes in on the wrong one, is not the fixed hash of balance-xor, for which the other end has all legs open.
 */
const MODES: Record<string, string[]> = {
  "active-backup": ["bond_mode=active-backup"],
  "balance-tlb": ["bond_mode=balance-slb"],
  "balance-alb": ["bond_mode=balance-slb"],
  [LACP_MODE]: ["bond_mode=balance-tcp", "lacp=active"],
};

const WITH_DRIVER = "a host that has it, or virtual machines (--provider vm)";

/** The bridge's own interface is a tap device, and a container's /dev has no tun. The engine's device rules allow it. */
const START = `
mkdir -p /dev/net
[ -e /dev/net/tun ] || mknod /dev/net/tun c 10 200
systemctl start openvswitch-switch`;

/** Bonds by Open vSwitch in userspace: a bridge named like the bond, with one bond port over the NICs. */
export const ovsBonding: Bonding = {
  name: "ovs",
  async prepare(host) {
    await host.exec(["sh", "-ec", START]);
  },
  async bringUp(host, definition, node) {
    const bonds = definition.bonds.map((bond) => ovsBond(definition, node, bond));
    await host.exec(["ip", "-batch", "-"], {
      stdin: definition.bonds
        .flatMap((bond) => bond.nics)
        .map((nic) => `link set ${nic} up\n`)
        .join(""),
    });
    await host.exec(["ovs-vsctl", ...bonds.flat()]);
    await host.exec(["ip", "-batch", "-"], {
      stdin: addresses(definition, node)
        .map((line) => `${line}\n`)
        .join(""),
    });
  },
};

/**
 * miimon 0 switches link monitoring off in the kernel's driver (bonding.rst, miimon): a NIC without carrier stays in use. Open vSwitch
 * always looks, every 200 ms when told 0 (bridge.c, port_configure_bond), so it is told to wait for as long as it can count:
 * the delay is an int of milliseconds (bond.c, struct bond_settings), 24 days.
 */
const NEVER_MS = 2 ** 31 - 1;

function ovsBond(definition: ClusterDefinition, node: NodeDefinition, bond: BondDefinition): string[] {
  const mode = modeOf(definition, bond);
  const [primary] = bond.nics;
  if (primary === undefined) throw new Error(`bond ${bond.name} has no NIC`);
  const { mac } = portOf(topologyOf(definition), node.name, primary);
  const port = `${bond.name}-port`;
  const downdelayMs = bond.miimonMs === 0 ? NEVER_MS : bond.downdelayMs;
  return [
    ...["--", "--if-exists", "del-br", bond.name],
    ...["--", "add-br", bond.name, "--", "set", "bridge", bond.name, "datapath_type=netdev", `other_config:hwaddr=${mac}`],
    ...["--", "add-bond", bond.name, port, ...bond.nics, ...mode],
    ...[`bond_updelay=${bond.updelayMs}`, `bond_downdelay=${downdelayMs}`, `other_config:bond-primary=${primary}`],
    "other_config:bond-detect-mode=miimon",
    ...(bond.miimonMs === 0 ? [] : [`other_config:bond-miimon-interval=${bond.miimonMs}`]),
  ];
}

function modeOf(definition: ClusterDefinition, bond: BondDefinition): string[] {
  const mode = MODES[bond.mode];
  if (mode === undefined) {
    throw new HachaosError(
      "capability-missing",
      `this kernel has no bonding driver, and Open vSwitch has no bond mode ${bond.mode} (bond ${bond.name})`,
      { hint: `use ${Object.keys(MODES).join(", ")}, or nodes whose kernel has the bonding driver: ${WITH_DRIVER}` },
    );
  }
  if (bond.mode === LACP_MODE && networkOf(definition, bond).wiring === "switches") {
    throw new HachaosError(
      "capability-missing",
      `${bond.name} wants ${LACP_MODE} and goes to two switches of the lab, which speak no LACP`,
      { hint: `use ${LACP_MODE} on a network of cables, where the other node is the other end; on one of switches, active-backup` },
    );
  }
  return mode;
}

function addresses(definition: ClusterDefinition, node: NodeDefinition): string[] {
  const perBond = definition.bonds.flatMap((bond) => {
    const address = node.addresses[bond.name];
    if (address === undefined) throw new Error(`${node.name} has no address on ${bond.name}`);
    return [`address add ${address}/${networkOf(definition, bond).prefix} broadcast + dev ${bond.name}`, `link set ${bond.name} up`];
  });
  return [...perBond, `route add default via ${serviceNetwork(definition).gateway}`];
}
