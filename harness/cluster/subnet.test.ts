import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdsHost, overlap, subnetOf } from "./subnet.js";

describe("subnetOf", () => {
  it.each([
    ["192.168.1.7/24", "192.168.1.0/24", "192.168.1.1", "192.168.1.254"],
    ["10.20.13.0/30", "10.20.13.0/30", "10.20.13.1", "10.20.13.2"],
    ["10.0.0.4/31", "10.0.0.4/31", "10.0.0.4", "10.0.0.5"],
    ["128.0.0.0/1", "128.0.0.0/1", "128.0.0.1", "255.255.255.254"],
  ])("%s", (cidr, network, first, last) => {
    expect(subnetOf(cidr)).toMatchObject({ cidr: network, first, last });
  });

  it("holds its first and last host, not the network and the broadcast address", () => {
    const subnet = subnetOf("10.20.13.0/30");
    expect(["10.20.13.0", "10.20.13.1", "10.20.13.2", "10.20.13.3", "10.20.14.1"].map((address) => holdsHost(subnet, address))).toEqual([
      ...[false, true, true, false, false],
    ]);
  });

  it("overlaps another one exactly when one holds the other's hosts", () => {
    const subnet = fc
      .tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.integer({ min: 14, max: 28 }))
      .map(([a, b, prefix]) => subnetOf(`10.${a % 4}.${b}.0/${prefix}`));
    fc.assert(
      fc.property(subnet, subnet, (a, b) => {
        expect(overlap(a, b)).toBe(holdsHost(a, b.first) || holdsHost(b, a.first));
        expect(overlap(a, b)).toBe(overlap(b, a));
      }),
    );
  });
});
