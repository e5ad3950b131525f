import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Expected } from "./testing/mutations/mutation.js";
import { MUTATIONS } from "./testing/mutations/registry.js";
import { judgedTape, tapeOf, trialOf } from "./testing/tape.js";
import { worstVerdict } from "./verdict.js";

/** Two trials of a real run (suites/failover on Debian 12), without logs: everything passed. Each mutation breaks it in one way. */
const REAL = fileURLToPath(new URL("golden/real-failover.ndjson", import.meta.url));
const TESTS = ["link-down-active", "apache-kill"] as const;

describe.each(Object.entries(MUTATIONS))("%s", (_group, mutations) => {
  test.each(mutations.map((mutation) => [mutation.name, mutation] as const))("%s", (_name, mutation) => {
    const tape = tapeOf(REAL);
    mutation.mutate(tape);
    const results = judgedTape(tape);
    const seen = TESTS.flatMap((name) => {
      const trial = trialOf(results, name);
      if (trial === undefined) return [];
      const wanted = mutation[name] ?? "pass";
      const constraint = Array.isArray(wanted) ? trial.constraints.find((one) => one.id === wanted[1]) : undefined;
      const got: Expected = Array.isArray(wanted) ? [trial.verdict, wanted[1], constraint?.reason ?? "kept"] : trial.verdict;
      return [{ name, got, wanted, why: trial.reason }];
    });
    expect(
      seen.map(({ name, got }) => [name, got]),
      seen.map(({ name, why }) => `${name}: ${why}`).join("\n"),
    ).toEqual(seen.map(({ name, wanted }) => [name, wanted]));
    const verdicts = seen.map(({ wanted }) => (Array.isArray(wanted) ? wanted[0] : wanted));
    expect(results.verdict).toBe(mutation.run ?? worstVerdict(verdicts));
  });
});
