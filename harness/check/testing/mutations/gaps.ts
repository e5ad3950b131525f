import type { Mutation } from "./mutation.js";
import { KILL, LINK, MS, NODE1, NODE2, S, dark, firstOk, middle } from "./splices.js";

/** How long the service is dark. */
export const gaps: Mutation[] = [
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
