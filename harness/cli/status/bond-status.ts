import type { BondDefinition } from "../../cluster/definition.js";
import type { Host } from "../../lab/lab.js";
import { ovsLegs } from "../../probe/agents/watchers/ovs-bond.js";
import { ask, type Answer } from "./ask.js";

/** The active leg of every bond, by bond; null where none is, or where the mode uses all. */
export type ActiveLegs = Record<string, string | null>;

/** Asks a node which leg of each bond is in use. */
export function askBonds(node: Host, bonding: string, bonds: readonly BondDefinition[]): Promise<Answer<ActiveLegs>> {
  if (bonding !== "kernel") return ask(node, ["ovs-appctl", "bond/show"], ovsLegs);
  const files = bonds.map(({ name }) => `/sys/class/net/${name}/bonding/active_slave`);
  return ask(node, ["grep", "--with-filename", "", ...files], kernelLegs);
}

/** `/sys/class/net/bond0/bonding/active_slave:eth0`, with nothing behind the colon where no leg is active (bonding.rst). */
export function kernelLegs(shown: string): ActiveLegs {
  const lines = [...shown.matchAll(/^\/sys\/class\/net\/([^/]+)\/bonding\/active_slave:(.*)$/gm)];
  return Object.fromEntries(lines.map(([, bond = "", leg = ""]) => [bond, leg.trim() || null]));
}
