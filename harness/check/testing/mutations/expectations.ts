import type { Mutation } from "./mutation.js";
import { KILL, LINK, MS, NODE1, NODE2, S, answers, dark, expectViolation, middle, vip } from "./splices.js";

/** Violations that the definition wants found. */
export const expectations: Mutation[] = [
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
