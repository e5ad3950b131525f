import type { ClusterDefinition, NodeDefinition } from "../../../cluster/definition.js";
import type { Host } from "../../lab.js";
import { kernelBonding } from "./kernel-bonding.js";
import { ovsBonding } from "./ovs-bonding.js";

/** A way to make the definition's bonds in a node. */
export interface Bonding {
  /** As the report says it: kernel or ovs. */
  name: string;
  /** Starts what the bonds need, in a node that has booted, with NICs or still without. */
  prepare(host: Host): Promise<void>;
  /** Makes the bonds over NICs that are there, gives them their addresses and the default route. */
  bringUp(host: Host, definition: ClusterDefinition, node: NodeDefinition): Promise<void>;
}

/**
 * The kernel's bonding driver where the kernel has it, else Open vSwitch with the same parameters. Found out by
 * making a bond in the fabric's own namespace: a driver may be built in, loadable or missing, and only this tells.
 */
export async function chooseBonding(fabric: Host): Promise<Bonding> {
  const made = await fabric.exec(["ip", "link", "add", "bond-probe", "type", "bond"], { allow: "any" });
  if (made.exitCode !== 0) return ovsBonding;
  await fabric.exec(["ip", "link", "del", "bond-probe"]);
  return kernelBonding;
}

/** The one that a lab was built with. */
export function bondingOf(name: string): Bonding {
  const bonding = [kernelBonding, ovsBonding].find((known) => known.name === name);
  if (!bonding) throw new Error(`there is no bonding ${name}`);
  return bonding;
}
