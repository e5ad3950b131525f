import { HachaosError } from "../kernel/errors.js";
import type { Lab } from "../lab/lab.js";

/** The node that holds the service's address at this moment, for a target that needs to know; asked of the nodes themselves. */
export async function activeNow(lab: Lab, target: string): Promise<string> {
  if (target !== "active" && target !== "standby") return "";
  const { address } = lab.definition.service;
  for (const node of lab.nodes) {
    if (!(await node.isOn())) continue;
    const shown = await node.exec(["ip", "-j", "address", "show"]);
    const links = JSON.parse(shown.stdout) as { addr_info: { local?: string }[] }[];
    if (links.some(({ addr_info }) => addr_info.some(({ local }) => local === address))) return node.name;
  }
  throw new HachaosError("fault-not-proven", `no node holds ${address}, so there is no active one`, { hint: "name the node" });
}
