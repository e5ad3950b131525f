import { expect, test } from "vitest";
import type { Host } from "../lab.js";
import { guardWay } from "./guard-way.js";
import type { IpLink } from "./ip-links.js";

const leg = (ifname: string): IpLink => ({ ifname, flags: ["UP", "LOWER_UP"], master: "bond1", addr_info: [] });
const LINKS = [leg("eth2"), leg("eth3"), { ...leg("bond1"), master: undefined, addr_info: [{ local: "192.0.2.11" }] }];

/** A machine that tells of its links and does nothing. */
function machine(): { host: Host; did: string[] } {
  const did: string[] = [];
  const host: Host = {
    name: "n1",
    exec(argv) {
      if (argv[1] !== "-j") did.push(argv.join(" "));
      return Promise.resolve({ argv, exitCode: 0, stdout: JSON.stringify(LINKS), stderr: "", ms: 0 });
    },
    interact: () => Promise.reject(new Error("not here")),
    startAgent: () => Promise.reject(new Error("not here")),
  };
  return { host: guardWay(host, { way: { from: "192.0.2.1", to: "192.0.2.11" }, legs: {} }), did };
}
const down = (nic: string) => ["ip", "link", "set", nic, "down"];

test("both legs at once are refused, whichever is asked for first", async () => {
  const { host, did } = machine();
  const asked = await Promise.allSettled([host.exec(down("eth2")), host.exec(down("eth3"))]);
  expect(asked.map(({ status }) => status)).toContain("rejected");
  expect(did.length).toBeLessThan(2);
});

test("one after the other: the second is refused, until the first is up again", async () => {
  const { host, did } = machine();
  await host.exec(down("eth2"));
  await expect(host.exec(down("eth3"))).rejects.toThrow("without eth2, eth3 no leg of bond1 is left");
  await host.exec(["ip", "link", "set", "eth2", "up"]);
  await host.exec(down("eth3"));
  expect(did).toEqual(["ip link set eth2 down", "ip link set eth2 up", "ip link set eth3 down"]);
});
