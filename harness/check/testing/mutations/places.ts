import type { Mutation } from "./mutation.js";
import { KILL, LINK, MS, NODE1, NODE2, S, answers, crmMon, firstOk, middle, vip } from "./splices.js";

/** Where the resources run and who answers. */
export const places: Mutation[] = [
  {
    name: "one answer from a node without the address",
    mutate: (tape) => {
      const probe = tape.events().find((event) => event.type === "http" && event.atUs > middle(tape));
      answers(tape, NODE2, probe?.atUs ?? 0, (probe?.atUs ?? 0) + 1);
    },
    [LINK]: ["fail", "C2", "answered-by-other"],
  },
  {
    name: "answers from a third name",
    mutate: (tape) => {
      answers(tape, "vm-node9", middle(tape), middle(tape) + S);
    },
    [LINK]: ["fail", "unexpected-move", "moved"],
  },
  {
    name: "answers from a third name throughout",
    mutate: (tape) => {
      answers(tape, "vm-node9", tape.of(LINK).startUs, tape.of(LINK).endUs);
    },
    [LINK]: ["fail", "C1", "not-on-preferred-node"],
  },
  {
    name: "no answer says who served",
    mutate: (tape) => {
      answers(tape, null, 0, Infinity);
    },
    [LINK]: ["invalid", "unexpected-move", "probe-load"],
    [KILL]: ["invalid", "C3", "probe-load"],
  },
  {
    name: "for a second no answer says who served",
    mutate: (tape) => {
      answers(tape, null, middle(tape), middle(tape) + S);
    },
    [LINK]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "no answer says who served once the standby had taken over",
    mutate: (tape) => {
      answers(tape, null, tape.of(KILL).injectUs, tape.of(KILL).healUs);
    },
    [KILL]: ["invalid", "C3", "probe-load"],
  },
  {
    name: "the web server on the other node throughout, by crm_mon",
    mutate: (tape) => {
      tape.edit(
        "cluster",
        ({ resources }) => ({ resources: resources.map((entry) => (entry.id === "httpd" ? { ...entry, nodes: [NODE2] } : entry)) }),
        0,
        tape.of(LINK).endUs,
      );
    },
    [LINK]: ["fail", "C2", "apart"],
    // crm_mon told nothing new since.
    [KILL]: ["fail", "C1", "not-on-preferred-node"],
  },
  {
    name: "the web server on the other node for 2 s, by one node's crm_mon",
    mutate: (tape) => {
      crmMon(tape, NODE1, middle(tape), { httpd: [NODE2] });
      crmMon(tape, NODE1, middle(tape) + 2 * S, { httpd: [NODE1] });
    },
    [LINK]: ["fail", "C2", "apart"],
  },
  {
    name: "everything moved away while the cable was out, and came back",
    mutate: (tape) => {
      const [away, back] = [middle(tape), middle(tape) + 3 * S];
      vip(tape, NODE1, false, away);
      vip(tape, NODE2, true, away + 50 * MS);
      vip(tape, NODE2, false, back);
      vip(tape, NODE1, true, back + 50 * MS);
      for (const node of [NODE1, NODE2]) {
        crmMon(tape, node, away + 60 * MS, { vip: [NODE2], httpd: [NODE2] });
        crmMon(tape, node, back + 60 * MS, { vip: [NODE1], httpd: [NODE1] });
      }
      answers(tape, NODE2, away + 50 * MS, back);
    },
    [LINK]: ["fail", "unexpected-move", "moved"],
  },
  {
    name: "the address moved away and came back within 300 ms",
    mutate: (tape) => {
      vip(tape, NODE1, false, middle(tape));
      vip(tape, NODE2, true, middle(tape) + 10 * MS);
      vip(tape, NODE2, false, middle(tape) + 300 * MS);
      vip(tape, NODE1, true, middle(tape) + 310 * MS);
    },
    [LINK]: ["fail", "unexpected-move", "moved"],
  },
  {
    name: "the service moved to and fro during the takeover",
    mutate: (tape) => {
      const from = firstOk(tape, NODE2, tape.of(KILL).injectUs) + S;
      answers(tape, NODE1, from, from + S);
    },
    [KILL]: ["fail", "unexpected-move", "flapping"],
  },
  {
    name: "the first node still serves after the fault",
    mutate: (tape) => {
      answers(tape, NODE1, tape.of(KILL).injectUs, tape.of(KILL).healUs);
    },
    [KILL]: ["fail", "C3", "not-moved"],
  },
  {
    name: "the service never moved back, and the gate let it pass",
    mutate: (tape) => {
      const { healUs, endUs } = tape.of(KILL);
      tape.drop((event) => (event.type === "address" || event.type === "cluster") && event.atUs > healUs && event.atUs <= endUs);
      tape.edit("http", () => ({ outcome: "ok", servedBy: NODE2 }), healUs, endUs);
    },
    [KILL]: ["fail", "C1", "did-not-come-back"],
  },
  {
    name: "crm_mon shows everything back, but the other node still answers",
    mutate: (tape) => {
      const { healUs, endUs } = tape.of(KILL);
      tape.drop((event) => event.type === "address" && event.atUs > healUs && event.atUs <= endUs);
      tape.edit("http", () => ({ outcome: "ok", servedBy: NODE2 }), healUs, endUs);
    },
    [KILL]: ["fail", "C1", "did-not-come-back"],
  },
  {
    name: "the resources on the second node before the fault",
    mutate: (tape) => {
      const { startUs, injectUs } = tape.of(LINK);
      for (const node of [NODE1, NODE2]) {
        crmMon(tape, node, startUs + 100, { vip: [NODE2], httpd: [NODE2] });
        crmMon(tape, node, injectUs + 100, { vip: [NODE1], httpd: [NODE1] });
      }
    },
    [LINK]: ["fail", "C1", "not-on-preferred-node"],
  },
];
