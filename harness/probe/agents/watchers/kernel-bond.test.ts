import { expect, test } from "vitest";
import { activeLegIn, linkFailuresIn } from "./kernel-bond.js";

/** As Debian's 6.1 prints it, with eth0 pulled. */
const PAGE = `Ethernet Channel Bonding Driver: v6.1.0-56-cloud-amd64

Bonding Mode: fault-tolerance (active-backup)
Primary Slave: eth0 (primary_reselect always)
Currently Active Slave: eth1
MII Status: up
MII Polling Interval (ms): 100
Up Delay (ms): 200
Down Delay (ms): 200
Peer Notification Delay (ms): 0

Slave Interface: eth0
MII Status: down
Speed: Unknown
Duplex: Unknown
Link Failure Count: 2
Permanent HW addr: 02:68:61:00:01:01
Slave queue ID: 0

Slave Interface: eth1
MII Status: up
Speed: Unknown
Duplex: Unknown
Link Failure Count: 0
Permanent HW addr: 02:68:61:00:01:02
Slave queue ID: 0
`;

test("the active leg, and how often each leg failed", () => {
  expect(activeLegIn(PAGE)).toBe("eth1");
  expect(linkFailuresIn(PAGE)).toEqual({ eth0: 2, eth1: 0 });
});

test("no leg is active when all are down, and none is named by a mode that uses all", () => {
  expect(activeLegIn(PAGE.replace("Currently Active Slave: eth1", "Currently Active Slave: None"))).toBeNull();
  expect(activeLegIn(PAGE.replace(/^Currently Active Slave: .*\n/m, ""))).toBeNull();
});
