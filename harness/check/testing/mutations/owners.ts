import type { Mutation } from "./mutation.js";
import { KILL, LINK, MS, NODE1, NODE2, S, VIP, crmMon, middle, vip } from "./splices.js";

/** Who holds the address. */
export const owners: Mutation[] = [
  {
    name: "the address on two nodes for 30 ms while nothing happens",
    mutate: (tape) => {
      vip(tape, NODE2, true, middle(tape));
      vip(tape, NODE2, false, middle(tape) + 30 * MS);
    },
    [LINK]: ["fail", "S", "two-owners"],
  },
  {
    name: "the address let go 30 ms after the other node took it",
    mutate: (tape) => {
      const { injectUs, healUs } = tape.of(KILL);
      const taken = tape
        .events()
        .find((event) => event.type === "address" && event.present && event.node === NODE2 && event.atUs > injectUs);
      tape.edit(
        "address",
        ({ node, present }) => (node === NODE1 && !present ? { atUs: (taken?.atUs ?? 0) + 30 * MS } : {}),
        injectUs,
        healUs,
      );
    },
    [KILL]: ["fail", "S", "two-owners"],
  },
  {
    name: "the address on the second node since before the trial",
    mutate: (tape) => {
      vip(tape, NODE2, true, tape.of(LINK).startUs - S);
      vip(tape, NODE2, false, tape.of(LINK).endUs + 10 * MS);
    },
    [LINK]: ["fail", "S", "two-owners"],
  },
  {
    name: "the address on a host that is no node of the definition",
    mutate: (tape) => {
      vip(tape, "vm-node9", true, middle(tape));
      vip(tape, "vm-node9", false, middle(tape) + S);
    },
    [LINK]: ["fail", "S", "two-owners"],
  },
  {
    name: "another address on the second node",
    mutate: (tape) => {
      vip(tape, NODE2, true, middle(tape), "192.168.1.77");
    },
  },
  {
    name: "crm_mon shows the address's resource on two nodes",
    mutate: (tape) => {
      crmMon(tape, NODE1, middle(tape), { vip: [NODE1, NODE2] });
      crmMon(tape, NODE1, middle(tape) + S, { vip: [NODE1] });
    },
    [LINK]: ["fail", "S", "two-owners"],
  },
  {
    name: "each node's crm_mon shows the resources on itself for 5 s, and no address event says so",
    mutate: (tape) => {
      crmMon(tape, NODE2, middle(tape) - S, { vip: [NODE2], httpd: [NODE2] });
      crmMon(tape, NODE2, middle(tape) + 4 * S, { vip: [NODE1], httpd: [NODE1] });
    },
    [LINK]: ["fail", "S", "two-owners"],
  },
  {
    name: "no observer ever saw the address",
    mutate: (tape) => {
      tape.drop((event) => event.type === "address" && event.address === VIP);
    },
    [LINK]: ["fail", "C2", "answered-by-other"],
    [KILL]: ["fail", "C2", "answered-by-other"],
  },
  {
    name: "the taking of the address was not seen",
    mutate: (tape) => {
      const { injectUs, healUs } = tape.of(KILL);
      tape.drop(
        (event) => event.type === "address" && event.node === NODE2 && event.atUs > injectUs && event.atUs < healUs && event.present,
      );
    },
    [KILL]: ["fail", "C2", "answered-by-other"],
  },
];
