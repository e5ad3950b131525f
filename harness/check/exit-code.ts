import { EXIT } from "../kernel/errors.js";
import type { Results, Verdict } from "./results.js";

const codes = {
  pass: EXIT.pass,
  fail: EXIT.violated,
  invalid: EXIT.invalid,
  error: EXIT.lab,
  interrupted: EXIT.interrupted,
} as const satisfies Record<Verdict, number>;

/** What `hachaos run` and `hachaos judge` exit with for these results. */
export function exitCodeOf(results: Pick<Results, "verdict">): number {
  return codes[results.verdict];
}
