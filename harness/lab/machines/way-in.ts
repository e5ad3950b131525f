import { HachaosError } from "../../kernel/errors.js";
import { hasCarrier, type IpLink } from "./ip-links.js";

/** Where an ssh connection comes in, as sshd tells its session (SSH_CONNECTION, ssh(1)). */
export interface WayIn {
  from: string;
  to: string;
}

/** "client address, client port, server address, server port"; null where the machine does not say. */
export function readWayIn(text: string): WayIn | null {
  const [from, , to] = text.trim().split(" ");
  return from !== undefined && to !== undefined && to !== "UNKNOWN" ? { from, to } : null;
}

/** The NICs that can carry the connection: the one with its address, or the legs of the bond (or bridge, or VLAN) that has it. */
export function nicsOfWay(
  links: readonly IpLink[],
  way: WayIn,
  legs: Record<string, readonly string[]>,
): { device: string; nics: string[] } | null {
  const holder = links.find(({ addr_info }) => addr_info.some(({ local }) => local === way.to));
  return holder === undefined ? null : { device: holder.ifname, nics: nicsUnder(holder.ifname, links, legs) };
}

function nicsUnder(device: string, links: readonly IpLink[], legs: Record<string, readonly string[]>): string[] {
  const lower = links.find(({ ifname }) => ifname === device)?.link;
  const parent = lower !== undefined && links.some(({ ifname }) => ifname === lower) ? [lower] : [];
  const slaves = links.filter(({ master }) => master === device).map(({ ifname }) => ifname);
  // A bridge of Open vSwitch does not tell what is in it; the definition does.
  const beneath = [...new Set([...(legs[device] ?? []), ...slaves, ...parent])].filter((name) => name !== device);
  return beneath.length === 0 ? [device] : beneath.flatMap((name) => nicsUnder(name, links, legs));
}

/**
 * Throws `fault-refused` when nothing would be left that the connection can come in by once these NICs are cut: then nobody could take the
 * fault back before its time is over, and a machine that does not come back by itself would be out of reach.
 */
export function refuseLastWay(
  node: string,
  { links, way, legs, cut }: { links: readonly IpLink[]; way: WayIn; legs: Record<string, readonly string[]>; cut: ReadonlySet<string> },
): void {
  const found = nicsOfWay(links, way, legs);
  if (found === null) return;
  const { device, nics } = found;
  const hit = nics.filter((nic) => cut.has(nic));
  if (hit.length === 0) return;
  if (nics.length === 1) throw new HachaosError("fault-refused", `${node}: ${hit.join(", ")} carries the ssh connection (${way.to})`);
  const left = links.filter((link) => nics.includes(link.ifname) && !cut.has(link.ifname) && hasCarrier(link));
  if (left.length > 0) return;
  throw new HachaosError(
    "fault-refused",
    `${node}: without ${hit.join(", ")} no leg of ${device} is left, and the ssh connection comes in there (${way.to})`,
  );
}

/** A leg that is silent with its carrier up goes on being used by a bond that looks at the carrier alone: any NIC of the way in is refused. */
export function refuseSilence(
  node: string,
  nic: string,
  { links, way, legs }: { links: readonly IpLink[]; way: WayIn; legs: Record<string, readonly string[]> },
): void {
  if (nicsOfWay(links, way, legs)?.nics.includes(nic) !== true) return;
  throw new HachaosError(
    "fault-refused",
    `${node}: the ssh connection may come in by ${nic} (${way.to}), and nothing would take its place`,
  );
}
