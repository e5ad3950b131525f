import type { Mutation } from "./mutation.js";
import { KILL, LINK, MS, NODE1, NODE2, S } from "./splices.js";

/** Whether the fault, its healing and the gate are proven. */
export const proofs: Mutation[] = [
  {
    name: "the fault's proof is missing",
    mutate: (tape) => {
      tape.dropType("fault-proven");
    },
    [LINK]: ["invalid", "fault", "fault-not-proven"],
    [KILL]: ["invalid", "fault", "fault-not-proven"],
  },
  {
    name: "the fault was not proven",
    mutate: (tape) => {
      tape.add({ type: "fault-not-proven", message: "eth0 still has carrier", atUs: tape.of(LINK).provenUs + 1 });
    },
    [LINK]: ["invalid", "fault", "fault-not-proven"],
  },
  {
    name: "the proof is older than the fault",
    mutate: (tape) => {
      tape.edit("fault-proven", ({ atUs }) => ({ atUs: atUs - S }));
    },
    [LINK]: ["invalid", "fault", "fault-not-proven"],
    [KILL]: ["invalid", "fault", "fault-not-proven"],
  },
  {
    name: "nothing was injected",
    mutate: (tape) => {
      tape.dropType("fault-injecting");
    },
    [LINK]: ["invalid", "fault", "not-injected"],
    [KILL]: ["invalid", "fault", "not-injected"],
  },
  {
    name: "another fault was injected than the trial asked for",
    mutate: (tape) => {
      tape.edit("fault-injecting", ({ fault }) => (fault.kind === "link-down" ? { fault: { ...fault, kind: "apache-kill" } } : {}));
    },
    [LINK]: ["invalid", "fault", "other-fault"],
  },
  {
    name: "the fault for the active node hit the standby",
    mutate: (tape) => {
      tape.edit("fault-injecting", ({ fault }) => (fault.kind === "link-down" ? { nodes: [NODE2] } : {}));
    },
    [LINK]: ["invalid", "fault", "other-target"],
  },
  {
    name: "the cable was back after a second",
    mutate: (tape) => {
      tape.add({ type: "link", node: NODE1, device: "eth0", carrier: true, initial: false, atUs: tape.of(LINK).provenUs + S });
    },
    [LINK]: ["invalid", "fault", "fault-not-lasting"],
  },
  {
    name: "healed at once, without watching",
    mutate: (tape) => {
      const { provenUs, observedUs, healUs } = tape.of(LINK);
      tape.edit("fault-healing", () => ({ atUs: provenUs + 100 * MS }), healUs, healUs + 1);
      tape.dropType("observed", observedUs, observedUs + 1);
    },
    [LINK]: ["invalid", "gap", "not-watched"],
  },
  {
    name: "healing is missing",
    mutate: (tape) => {
      tape.dropType("fault-healing");
    },
    [LINK]: ["invalid", "failback", "not-observed"],
    // Served by another node in the end, as far as one can tell: the fault's window now holds the way back.
    [KILL]: ["fail", "C3", "not-moved"],
  },
  {
    name: "the proof of healing is missing",
    mutate: (tape) => {
      tape.dropType("fault-healed");
    },
    [LINK]: ["invalid", "healed-clean", "not-observed"],
    [KILL]: ["invalid", "healed-clean", "not-observed"],
  },
  {
    name: "the fault was not undone",
    mutate: (tape) => {
      tape.add({ type: "fault-not-healed", message: "eth0 has no carrier", atUs: tape.of(LINK).gateUs - 1 });
    },
    [LINK]: ["fail", "healed-clean", "not-healed"],
  },
  {
    name: "the heal gate is missing",
    mutate: (tape) => {
      tape.dropType("gate");
    },
    [LINK]: ["invalid", "healed-clean", "not-observed"],
    [KILL]: ["invalid", "healed-clean", "not-observed"],
  },
  {
    name: "the heal gate is older than the healing",
    mutate: (tape) => {
      tape.edit("gate", () => ({ atUs: tape.of(LINK).injectUs - S }), 0, tape.of(LINK).endUs + 1);
    },
    [LINK]: ["invalid", "healed-clean", "not-observed"],
  },
  {
    name: "the heal gate did not open",
    mutate: (tape) => {
      tape.edit("gate", () => ({ passed: false, missing: ["httpd has a fail count of 1 on vm-node1"] }));
    },
    [LINK]: ["fail", "healed-clean", "gate-not-passed"],
    [KILL]: ["fail", "healed-clean", "gate-not-passed"],
  },
  {
    name: "the heal gate opened although something was missing",
    mutate: (tape) => {
      tape.edit("gate", () => ({ missing: ["vm-node1 eth0 has no carrier"] }));
    },
    [LINK]: ["fail", "healed-clean", "gate-not-passed"],
    [KILL]: ["fail", "healed-clean", "gate-not-passed"],
  },
  {
    name: "the heal gate opened although crm_mon still counts a failure",
    mutate: (tape) => {
      const { healUs, endUs } = tape.of(KILL);
      tape.edit("cluster", () => ({ failCounts: [{ node: NODE1, resource: "httpd", count: "1" }] }), healUs, endUs);
    },
    [KILL]: ["fail", "healed-clean", "not-normal"],
  },
  {
    name: "the heal gate opened although the cable is still out",
    mutate: (tape) => {
      const { healUs, endUs } = tape.of(LINK);
      tape.dropType("link", healUs, endUs);
    },
    [LINK]: ["fail", "healed-clean", "not-normal"],
  },
];
