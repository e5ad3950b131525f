import type { Host } from "./lab.js";

/** MAC addresses of the node's NICs, by name. */
export async function readMacs(node: Host, nics: string[]): Promise<Record<string, string>> {
  const shown = await node.exec(["ip", "-j", "link", "show"]);
  // In a bond of the kernel's each NIC has the bond's address and keeps its own beside it.
  const links = JSON.parse(shown.stdout) as { ifname: string; address: string; permaddr?: string }[];
  const own = links.filter(({ ifname }) => nics.includes(ifname));
  return Object.fromEntries(own.map(({ ifname, address, permaddr = address }) => [ifname, permaddr]));
}
