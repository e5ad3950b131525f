import { expect, test } from "vitest";
import { readNeighbour } from "./read-neighbour.js";

/** Lines of iproute2 6.1 (Debian 12), written while an address moved and while nobody answered for it; the deletion of a stale entry is ours. */
test.each([
  ["192.168.1.60 dev eth0 lladdr 02:68:61:00:01:03 REACHABLE ", "02:68:61:00:01:03"],
  ["192.168.1.60 dev eth0 lladdr 02:68:61:00:02:03 STALE ", "02:68:61:00:02:03"],
  ["192.168.1.60 dev v0 lladdr 02:68:61:00:01:03 PROBE ", "02:68:61:00:01:03"],
  ["192.168.1.60 dev v0 INCOMPLETE ", null],
  ["192.168.1.60 dev v0 FAILED ", null],
  ["Deleted 192.168.1.60 dev v0 FAILED ", null],
  ["Deleted 192.168.1.60 dev eth0 lladdr 02:68:61:00:01:03 STALE ", null],
])("%s", (line, mac) => {
  expect(readNeighbour(line)).toEqual({ address: "192.168.1.60", mac });
});

test.each(["", "Terminated", "miss 192.168.1.60"])("%j is no entry", (line) => {
  expect(readNeighbour(line)).toBeNull();
});
