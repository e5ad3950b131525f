import type { Checker } from "./checker.js";
import { bond } from "./checkers/bond.js";
import { failback } from "./checkers/failback.js";
import { faultProven } from "./checkers/fault-proven.js";
import { gap } from "./checkers/gap.js";
import { healedClean } from "./checkers/healed-clean.js";
import { prefers } from "./checkers/prefers.js";
import { singleOwner } from "./checkers/single-owner.js";
import { survives } from "./checkers/survives.js";
import { together } from "./checkers/together.js";
import { unexpectedMove } from "./checkers/unexpected-move.js";

/** Every checker, in the order results and reports list them: a new one is one file and one line here. */
export const checkers: readonly Checker[] = [
  faultProven,
  prefers,
  together,
  survives,
  singleOwner,
  bond,
  gap,
  failback,
  unexpectedMove,
  healedClean,
];

/** Ids that results use beside those of the promises; an expected violation may name them. */
export const checkerIds: readonly string[] = checkers.filter((checker) => checker.promises.length === 0).map((checker) => checker.id);
