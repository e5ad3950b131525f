import type { Host } from "../lab.js";

/** What the bonds of a machine are: the kernel's driver, Open vSwitch, or nothing that we know how to watch. */
export async function readBonding(node: Host, bonds: readonly string[]): Promise<"kernel" | "ovs" | "none"> {
  const [bond] = bonds;
  if (bond === undefined) return "none";
  const kernel = await node.exec(["cat", `/sys/class/net/${bond}/bonding/mode`], { allow: "any" });
  if (kernel.exitCode === 0) return "kernel";
  const ovs = await node.exec(["ovs-appctl", "bond/show"], { allow: "any" });
  return ovs.exitCode === 0 ? "ovs" : "none";
}
