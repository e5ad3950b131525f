import type { EventOf, HistoryEvent, ProbeOutcome } from "../../history/event.js";
import type { Verdict } from "../results.js";
import type { Tape } from "./tape.js";

/** One way in which a cluster, an observer or the harness may go wrong, and what the judge must say of it. */
export interface Mutation {
  name: string;
  mutate: (tape: Tape) => void;
  /** Verdict of the trials, and the constraint (with its reason) that must tell why. What is not named must still pass. */
  "link-down-active"?: Expected;
  "apache-kill"?: Expected;
  /** Verdict of the run; by default the worst of the trials'. */
  run?: Verdict;
}
export type Expected = Verdict | [verdict: Verdict, constraint: string, reason: string];

const VIP = "192.168.1.60";
const LINK = "link-down-active";
const KILL = "apache-kill";
const MS = 1000;
const S = 1_000_000;
const [NODE1, NODE2] = ["vm-node1", "vm-node2"];

/** In the middle of the cable's fault; nothing moves there. */
const middle = (tape: Tape) => tape.of(LINK).injectUs + 4 * S;

const vip = (tape: Tape, node: string, present: boolean, atUs: number, address = VIP) => {
  tape.add({ type: "address", node, address, device: "bond1", present, initial: false, atUs });
};
const answers = (tape: Tape, servedBy: string | null, fromUs: number, toUs: number) => {
  tape.edit("http", ({ outcome }) => (outcome === "ok" ? { servedBy } : {}), fromUs, toUs);
};
const dark = (tape: Tape, fromUs: number, toUs: number, outcome: ProbeOutcome = "refused") => {
  const took = outcome === "timeout" ? S : MS;
  tape.edit("http", ({ atUs }) => ({ outcome, servedBy: null, status: null, endUs: atUs + took }), fromUs, toUs);
};
const firstOk = (tape: Tape, node: string, fromUs: number) =>
  tape.events().find((event): event is EventOf<"http"> => event.type === "http" && event.servedBy === node && event.atUs >= fromUs)?.atUs ??
  NaN;
const state = (tape: Tape, node: string, atUs: number): EventOf<"cluster"> => {
  const found = tape.events().findLast((event) => event.type === "cluster" && event.node === node && event.atUs <= atUs);
  return found as EventOf<"cluster">;
};
/** A crm_mon state of an observer, made from the one in force. */
const crmMon = (tape: Tape, observer: string, atUs: number, places: Record<string, string[]>) => {
  const { lab: _lab, ...now } = state(tape, observer, atUs);
  const resources = now.resources.map((entry) => {
    const nodes = places[entry.id] ?? entry.nodes;
    return { ...entry, nodes, role: nodes.length === 0 ? "Stopped" : "Started" };
  });
  tape.add({ ...now, atUs, resources });
};
const isOn = (event: HistoryEvent, node: string) => "node" in event && event.node === node;
const twice = (tape: Tape, fits: (event: HistoryEvent) => boolean) => {
  tape.replace(tape.events().flatMap((event) => (fits(event) ? [event, structuredClone(event)] : [event])));
};
const observation = (event: HistoryEvent) => ["address", "link", "bond", "cluster", "corosync"].includes(event.type);

const owners: Mutation[] = [
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

const places: Mutation[] = [
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

const gaps: Mutation[] = [
  {
    name: "the gap is 1 ms over its budget",
    mutate: (tape) => {
      tape.edit("trial-started", ({ budget, test }) => (test === KILL ? { budget: { ...budget, ms: 2216.184 - 1 } } : {}));
    },
    [KILL]: ["fail", "gap", "over-budget"],
  },
  {
    name: "the gap is just its budget",
    mutate: (tape) => {
      tape.edit("trial-started", ({ budget, test }) => (test === KILL ? { budget: { ...budget, ms: 2216.184 } } : {}));
    },
  },
  {
    name: "the failback's gap is 1 ms over its budget",
    mutate: (tape) => {
      tape.edit("trial-started", ({ failbackBudget, test }) =>
        test === KILL ? { failbackBudget: { ...failbackBudget, ms: 2879.859 } } : {},
      );
    },
    [KILL]: ["fail", "failback", "over-budget"],
  },
  {
    name: "the takeover is 1 ms later than its promise",
    mutate: (tape) => {
      tape.edit("suite-started", ({ definition }) => ({
        definition: {
          ...definition,
          promises: definition.promises.map((promise) =>
            promise.kind === "survives" && promise.fault === KILL ? { ...promise, withinMs: 2398.83 } : promise,
          ),
        },
      }));
    },
    [KILL]: ["fail", "C3", "too-late"],
  },
  {
    name: "the budget lost its number",
    mutate: (tape) => {
      tape.edit("trial-started", ({ budget, failbackBudget }) => ({
        budget: { ...budget, ms: undefined as never },
        failbackBudget: { ...failbackBudget, ms: undefined as never },
      }));
    },
    [LINK]: "invalid",
    [KILL]: ["invalid", "gap", "no-budget"],
  },
  {
    name: "one request failed before the fault",
    mutate: (tape) => {
      const probe = tape.events().find((event) => event.type === "http" && event.atUs > tape.of(LINK).startUs + S);
      dark(tape, probe?.atUs ?? 0, (probe?.atUs ?? 0) + 1);
    },
    [LINK]: ["fail", "gap", "dark-without-fault"],
  },
  {
    name: "a second dark spell after the takeover, beyond the budget in all",
    mutate: (tape) => {
      tape.edit("trial-started", ({ budget, test }) => (test === KILL ? { budget: { ...budget, ms: 2500 } } : {}));
      const from = firstOk(tape, NODE2, tape.of(KILL).injectUs) + S;
      dark(tape, from, from + 500 * MS);
    },
    [KILL]: ["fail", "gap", "over-budget-in-all"],
  },
  {
    name: "a second dark spell after failback, beyond its budget in all",
    mutate: (tape) => {
      const { healUs, endUs } = tape.of(KILL);
      tape.edit("trial-started", ({ failbackBudget, test }) => (test === KILL ? { failbackBudget: { ...failbackBudget, ms: 3000 } } : {}));
      const back = firstOk(tape, NODE1, healUs) + S;
      dark(tape, back, Math.min(back + 500 * MS, endUs));
    },
    [KILL]: ["fail", "failback", "over-budget-in-all"],
  },
  {
    name: "every request from the takeover on timed out",
    mutate: (tape) => {
      dark(tape, firstOk(tape, NODE2, tape.of(KILL).injectUs), tape.of(KILL).healUs, "timeout");
    },
    [KILL]: ["fail", "gap", "never-recovered"],
  },
  {
    name: "the last second before healing is dark",
    mutate: (tape) => {
      dark(tape, tape.of(KILL).healUs - S, tape.of(KILL).healUs - 50 * MS);
      tape.edit("observed", () => ({ settled: false, lastSeen: "the service does not answer steadily" }));
    },
    [KILL]: ["fail", "gap", "not-steady"],
  },
  {
    name: "every request after failback timed out",
    mutate: (tape) => {
      dark(tape, firstOk(tape, NODE1, tape.of(KILL).healUs), tape.of(KILL).endUs, "timeout");
    },
    [KILL]: ["fail", "failback", "never-recovered"],
  },
  {
    name: "a wrong page for 2 s",
    mutate: (tape) => {
      dark(tape, middle(tape), middle(tape) + 2 * S, "wrong-page");
    },
    [LINK]: ["fail", "gap", "over-budget"],
  },
];

const load: Mutation[] = [
  {
    name: "no probes for 2 s in the middle of the gap",
    mutate: (tape) => {
      tape.dropType("http", tape.of(KILL).injectUs + 500 * MS, tape.of(KILL).injectUs + 2500 * MS);
    },
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "no probes for 2 s after failback began",
    mutate: (tape) => {
      tape.dropType("http", tape.of(KILL).healUs + S, tape.of(KILL).healUs + 3 * S);
    },
    [KILL]: ["invalid", "failback", "probe-load"],
  },
  {
    name: "no probes before the fault",
    mutate: (tape) => {
      tape.dropType("http", tape.of(LINK).startUs, tape.of(LINK).injectUs);
    },
    [LINK]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "no probes at all",
    mutate: (tape) => {
      tape.dropType("http");
    },
    [LINK]: ["invalid", "gap", "probe-load"],
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "every other probe lost",
    mutate: (tape) => {
      let count = 0;
      tape.drop((event) => event.type === "http" && (count += 1) % 2 === 0);
    },
    [LINK]: ["invalid", "gap", "probe-load"],
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "every other probe lost, the others written twice",
    mutate: (tape) => {
      let count = 0;
      tape.drop((event) => event.type === "http" && (count += 1) % 2 === 0);
      twice(tape, (event) => event.type === "http");
    },
    [LINK]: ["invalid", "gap", "probe-load"],
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "nothing tells how the probe works",
    mutate: (tape) => {
      tape.dropType("http-probe");
    },
    [LINK]: ["invalid", "gap", "probe-load"],
    [KILL]: ["invalid", "gap", "probe-load"],
  },
];

const proofs: Mutation[] = [
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

const observers: Mutation[] = [
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

const files: Mutation[] = [
  { name: "nothing changed", mutate: () => undefined },
  {
    name: "events out of order in the file",
    mutate: (tape) => {
      tape.replace([...tape.events()].sort((a, b) => ((a.atUs * 7919) % 10_007) - ((b.atUs * 7919) % 10_007)));
    },
  },
  {
    name: "every observation written twice",
    mutate: (tape) => {
      twice(tape, (event) => observation(event) || event.type === "http");
    },
  },
  {
    name: "another lab at the same time, with two owners",
    mutate: (tape) => {
      const others = tape.events().filter((event) => event.type === "address" || event.type === "cluster" || event.type === "http");
      tape.replace([
        ...tape.events(),
        ...others.map((event) => ({ ...event, lab: "other", ...("node" in event ? { node: NODE2 } : {}) }) as HistoryEvent),
      ]);
    },
  },
  {
    name: "cut off in the middle of a trial",
    mutate: (tape) => {
      const { injectUs } = tape.of(KILL);
      tape.drop((event) => event.atUs > injectUs + 3 * S);
    },
    [KILL]: "interrupted",
  },
  {
    name: "cut off between the trials",
    mutate: (tape) => {
      const { startUs } = tape.of(KILL);
      tape.drop((event) => event.atUs >= startUs);
      tape.drop((event) => event.type === "trial-started" && event.test === KILL);
    },
    run: "interrupted",
  },
  {
    name: "the end of a trial is missing",
    mutate: (tape) => {
      tape.dropType("trial-ended", 0, tape.of(LINK).endUs + 1);
    },
    [LINK]: "interrupted",
  },
  {
    name: "the suite's end is missing",
    mutate: (tape) => {
      tape.dropType("suite-ended");
    },
    run: "interrupted",
  },
  {
    name: "the run's end is missing",
    mutate: (tape) => {
      tape.dropType("run-ended");
    },
    run: "interrupted",
  },
  {
    name: "the lab was lost",
    mutate: (tape) => {
      tape.add({ type: "lab-failed", code: "lab-lost", message: "the node is gone", hint: "", atUs: middle(tape) });
    },
    [LINK]: "error",
  },
  {
    name: "the definition is missing",
    mutate: (tape) => {
      tape.dropType("suite-started");
    },
    [LINK]: "invalid",
    [KILL]: "invalid",
  },
  {
    name: "no trial at all",
    mutate: (tape) => {
      tape.drop((event) => event.type === "trial-started" || event.type === "trial-ended");
    },
    run: "invalid",
  },
];

const expectations: Mutation[] = [
  {
    name: "an expected violation that is not there",
    mutate: (tape) => {
      expectViolation(tape, KILL, ["C3"], null);
    },
    [KILL]: ["fail", "C3", "expected-violation-not-found"],
  },
  {
    name: "an expected violation that is found in another test only",
    mutate: (tape) => {
      expectViolation(tape, KILL, ["S"], null);
      vip(tape, NODE2, true, middle(tape));
      vip(tape, NODE2, false, middle(tape) + 30 * MS);
    },
    [LINK]: ["fail", "S", "two-owners"],
    [KILL]: ["fail", "S", "expected-violation-not-found"],
  },
  {
    name: "an expected violation with another reason",
    mutate: (tape) => {
      expectViolation(tape, KILL, ["C3"], "no-recurring-monitor");
      answers(tape, NODE1, tape.of(KILL).injectUs, tape.of(KILL).healUs);
    },
    [KILL]: ["fail", "C3", "not-moved"],
  },
  {
    name: "an expected gap does not excuse a dark time before the fault",
    mutate: (tape) => {
      expectViolation(tape, LINK, ["gap"], null);
      dark(tape, tape.of(LINK).startUs + S, tape.of(LINK).startUs + S + 100 * MS);
    },
    [LINK]: ["fail", "gap", "dark-without-fault"],
  },
  {
    name: "an expected violation of a test that the run does not hold",
    mutate: (tape) => {
      expectViolation(tape, "gone", ["C3"], null);
    },
    run: "invalid",
  },
];

function expectViolation(tape: Tape, test: string, violates: string[], because: string | null): void {
  tape.edit("suite-started", ({ definition }) => ({
    definition: { ...definition, expected: [{ test, violates, because, why: "known" }] },
  }));
}

export const MUTATIONS: Record<string, Mutation[]> = { owners, places, gaps, load, proofs, observers, files, expectations };
