import type { Mutation } from "./mutation.js";
import { KILL, LINK, MS, NODE2, S, isOn, middle, observation } from "./splices.js";

/** Whether somebody was watching. */
export const observers: Mutation[] = [
  {
    name: "the observer of the second node died while the cable was out",
    mutate: (tape) => {
      tape.drop((event) => observation(event) && isOn(event, NODE2) && event.atUs > middle(tape) && event.atUs < tape.of(LINK).endUs);
      tape.add({ type: "observer", name: "nodes", node: NODE2, running: false, reason: "exit 1", atUs: middle(tape) });
      tape.add({ type: "observer", name: "nodes", node: NODE2, running: true, reason: "first message", atUs: tape.of(LINK).endUs + 1 });
    },
    [LINK]: ["invalid", "S", "not-observed"],
  },
  {
    name: "the second node was never observed",
    mutate: (tape) => {
      tape.drop((event) => (observation(event) || event.type === "observer") && isOn(event, NODE2));
    },
    [LINK]: ["invalid", "S", "not-observed"],
    [KILL]: ["invalid", "S", "not-observed"],
  },
  {
    name: "crm_mon of one node only",
    mutate: (tape) => {
      tape.drop((event) => event.type === "cluster" && event.node === NODE2);
    },
    [LINK]: ["invalid", "C2", "not-observed"],
    [KILL]: ["invalid", "C2", "not-observed"],
  },
  {
    name: "no crm_mon at all",
    mutate: (tape) => {
      tape.dropType("cluster");
    },
    [LINK]: ["invalid", "C2", "not-observed"],
    [KILL]: ["invalid", "C2", "not-observed"],
  },
  {
    name: "the second node's messages 300 ms early",
    mutate: (tape) => {
      tape.edit("address", ({ node, atUs }) => (node === NODE2 ? { atUs: atUs - 300 * MS } : {}), tape.of(KILL).startUs);
    },
    [KILL]: ["fail", "S", "two-owners"],
  },
  {
    name: "the second node's messages 3 s late",
    mutate: (tape) => {
      tape.edit("address", ({ node, atUs }) => (node === NODE2 ? { atUs: atUs + 3 * S } : {}), tape.of(KILL).startUs);
    },
    [KILL]: ["fail", "C2", "answered-by-other"],
  },
];
