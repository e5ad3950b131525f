import type { Verdict } from "../../results.js";
import type { Tape } from "../tape.js";

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
