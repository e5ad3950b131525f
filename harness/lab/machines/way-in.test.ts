import { describe, expect, test } from "vitest";
import type { IpLink } from "./ip-links.js";
import { nicsOfWay, readWayIn, refuseLastWay } from "./way-in.js";

const link = (ifname: string, more: Partial<IpLink> = {}): IpLink => ({ ifname, flags: ["UP", "LOWER_UP"], addr_info: [], ...more });
const address = (local: string) => ({ addr_info: [{ local }] });
const WAY = { from: "192.0.2.1", to: "192.0.2.11" };
const BOND = [link("eth2", { master: "bond1" }), link("eth3", { master: "bond1" }), link("bond1", address("192.0.2.11")), link("eth0")];

const refused = (links: IpLink[], cut: string[], legs: Record<string, string[]> = {}) => {
  try {
    refuseLastWay("n1", { links, way: WAY, legs, cut: new Set(cut) });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

test("what sshd tells of a connection; nothing where there is none", () => {
  expect(readWayIn("192.0.2.1 51234 192.0.2.11 22\n")).toEqual(WAY);
  expect(readWayIn("")).toBeNull();
  expect(readWayIn("UNKNOWN 65535 UNKNOWN 65535")).toBeNull();
});

describe("refuseLastWay", () => {
  test("the NIC with the address carries the connection", () => {
    expect(refused([link("eth5", address("192.0.2.11"))], ["eth5"])).toBe("n1: eth5 carries the ssh connection (192.0.2.11)");
  });

  test("one leg of a bond may go while another has a carrier, and not both", () => {
    expect(refused(BOND, ["eth2"])).toBeNull();
    expect(refused(BOND, ["eth2", "eth3"])).toContain("without eth2, eth3 no leg of bond1 is left");
    const dark = BOND.map((each) => (each.ifname === "eth3" ? { ...each, flags: ["UP"] } : each));
    expect(refused(dark, ["eth2"])).toContain("without eth2 no leg of bond1 is left");
  });

  test("a NIC that has nothing to do with it may go", () => {
    expect(refused(BOND, ["eth0"])).toBeNull();
  });

  test("under a VLAN on a bond there are the bond's legs; in a bridge of Open vSwitch there is what the definition says", () => {
    const vlan = [...BOND.slice(0, 2), link("bond1"), link("bond1.7", { link: "bond1", ...address("192.0.2.11") })];
    expect(nicsOfWay(vlan, WAY, {})).toEqual({ device: "bond1.7", nics: ["eth2", "eth3"] });
    const bridge = [link("eth2"), link("eth3"), link("bond1", address("192.0.2.11"))];
    expect(nicsOfWay(bridge, WAY, { bond1: ["eth2", "eth3"] })).toEqual({ device: "bond1", nics: ["eth2", "eth3"] });
  });

  test("an address that no interface has is somebody else's to keep: a port that is passed on", () => {
    expect(refused([link("eth5")], ["eth5"])).toBeNull();
  });
});
