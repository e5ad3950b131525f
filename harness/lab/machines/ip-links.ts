import { z } from "zod";
import type { Host } from "../lab.js";

/** As `ip -j -d address` tells it (ip-address(8)); `link`: what a VLAN is on; `master`: the bond or bridge it is in. */
const link = z.object({
  ifname: z.string(),
  flags: z.array(z.string()),
  address: z.string().optional(),
  master: z.string().optional(),
  link: z.string().optional(),
  addr_info: z.array(z.object({ local: z.string().optional() })).default([]),
});
export type IpLink = z.infer<typeof link>;

export async function readLinks(host: Host): Promise<IpLink[]> {
  const { stdout } = await host.exec(["ip", "-j", "address", "show"]);
  return z.array(link).parse(JSON.parse(stdout));
}

/** Set up by whoever administers it, whether it has a carrier or not. */
export function isUp({ flags }: IpLink): boolean {
  return flags.includes("UP");
}

export function hasCarrier({ flags }: IpLink): boolean {
  return flags.includes("LOWER_UP");
}
