import { allOf, firstOf, type History } from "../history/read-history.js";
import type { Results } from "./results.js";

/** Code of an expected violation whose test was not in the run: nothing was found, so the suite cannot pass. */
export const NOT_JUDGED = "expected-not-judged";

/** `hachaos run --filter` and vitest's own way to run some tests only; then it is no wonder that others are missing. */
const SOME_ONLY = /^(--filter|-t|--testNamePattern)(=|$)/;

/** Expected violations of a whole run that name a test which it does not hold. A test that another shard runs is no wonder either. */
export function unjudgedExpectations({ events }: History): Results["errors"] {
  const started = firstOf(events, "run-started");
  const runs = [...(started === null ? [] : [started]), ...allOf(events, "part").map((part) => part.run)];
  if (runs.flatMap((run) => run.argv).some((argument) => SOME_ONLY.test(argument))) return [];
  const elsewhere = runs.flatMap((run) => run.shard?.tests ?? []);
  const failed = new Set(allOf(events, "lab-failed").map((event) => event.lab));
  const trials = allOf(events, "trial-started");
  return allOf(events, "suite-started")
    .filter((started) => !failed.has(started.lab))
    .flatMap(({ suite, definition }) =>
      definition.expected
        .filter((expected) => !trials.some((trial) => trial.suite === suite && trial.test === expected.test))
        .filter((expected) => !elsewhere.some((planned) => planned.suite === suite && planned.test === expected.test))
        .map(({ test, violates }) => ({
          suite,
          code: NOT_JUDGED,
          message: `a violation of ${violates.join(", ")} is expected in ${test}, but the run has no such test`,
          hint: `name a test of ${suite} under expected: in cluster.yaml, or take the entry out`,
        })),
    );
}
