import ipaddr from "ipaddr.js";

/** A subnet with its first and last address that a host may have. */
export interface Subnet {
  cidr: string;
  prefix: number;
  first: string;
  last: string;
}

/** Reads a CIDR; host bits that are set are taken off. */
export function subnetOf(cidr: string): Subnet {
  const [, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const network = ipaddr.IPv4.networkAddressFromCIDR(cidr).toString();
  const broadcast = ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString();
  // A /31 or /32 has no network and broadcast address of its own (RFC 3021).
  const reserved = prefix < 31 ? 1 : 0;
  return { cidr: `${network}/${prefix}`, prefix, first: shifted(network, reserved), last: shifted(broadcast, -reserved) };
}

/** Whether a host on the subnet may have this address. */
export function holdsHost(subnet: Subnet, address: string): boolean {
  return number(address) >= number(subnet.first) && number(address) <= number(subnet.last);
}

/** Whether two subnets share an address. */
export function overlap(a: Subnet, b: Subnet): boolean {
  return number(a.first) <= number(b.last) && number(b.first) <= number(a.last);
}

function number(address: string): number {
  return ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((sum, octet) => sum * 256 + octet, 0);
}

function shifted(address: string, by: number): string {
  const value = number(address) + by;
  return [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join(".");
}
