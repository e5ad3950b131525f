import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { judge } from "../check/judge.js";
import type { Results } from "../check/results.js";
import { createRun } from "../history/run-store.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { apacheKill, baseline } from "../history/testing/scenarios.js";
import { standardScenarios } from "../run/scenario.js";
import { durationsIn, durationsOf, newestDurations } from "./durations.js";
import { partOf } from "./plan-shard.js";
import type { PlannedTest } from "./plan-suites.js";

const definition = sampleDefinition();
const planned: PlannedTest[] = ["failover", "article"].flatMap((suite) =>
  standardScenarios(definition).map((scenario) => ({ suite, scenario, from: { folder: suite, file: "standard.suite.js", definition } })),
);
const nothing = newestDurations("/nonexistent");
const parts = (count: number, durations = nothing, repeat = 3) =>
  Array.from({ length: count }, (_, index) => partOf(planned, durations, { shard: { index: index + 1, count }, repeat }));

function reports(...runs: { results: Results; at: string }[]): string {
  const folder = mkdtempSync(join(tmpdir(), "hachaos-durations-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const { results, at } of runs) {
    const run = createRun(folder, new Date(at));
    writeFileSync(run.history, "");
    writeFileSync(run.results, JSON.stringify(results));
  }
  return folder;
}

test("the shards of a plan share it out, each knowing all of it", () => {
  const three = parts(3);
  const all = three.flatMap((part) => part.tests.map(({ suite, scenario }) => `${suite} ${scenario.name}`));
  expect(all.sort()).toEqual(planned.map(({ suite, scenario }) => `${suite} ${scenario.name}`).sort());
  for (const [index, part] of three.entries()) {
    expect(part.facts).toEqual({ ...three[0]?.facts, index: index + 1 });
    expect(
      part.facts.tests
        .filter((own) => own.shard === index + 1)
        .map(({ suite, test }) => `${suite} ${test}`)
        .sort(),
    ).toEqual(part.tests.map(({ suite, scenario }) => `${suite} ${scenario.name}`).sort());
  }
});

test("says what it was split by", () => {
  expect(parts(2)[0]?.facts.balancedBy).toBe("the tests' budgets: no durations are known");
  const known = judge(apacheKill().history());
  expect(parts(2, durationsIn(known, "run x"))[0]?.facts.balancedBy).toBe("run x; 13 of 14 tests are not in it, these by their budgets");
});

test("more shards than tests are refused", () => {
  expect(() => parts(15)).toThrow("the plan has 14 tests, too few for 15 shards");
});

test("a stored run tells how long trials and labs take", () => {
  const results = judge(apacheKill().history());
  const [trial] = results.tests[0]?.trials ?? [];
  const folder = reports({ results, at: "2026-11-20T02:00:00Z" });
  const durations = newestDurations(folder);
  expect(durations.trialMs("failover", "apache-kill")).toBe((trial?.endMs ?? 0) - (trial?.startMs ?? 0));
  expect(durations.trialMs("failover", "baseline")).toBeNull();
  expect(durations.labMs("failover")).toBe(0);
  expect(durations.labMs("article")).toBeNull();
});

test("the newest whole run counts, not a shard's, unless another one is named", () => {
  const whole = judge(apacheKill().history());
  const shard: Results = judge(baseline().history());
  shard.run.shard = { index: 1, count: 2, tests: [], balancedBy: "" };
  const older = judge(baseline().history());
  const folder = reports(
    { results: older, at: "2026-11-19T02:00:00Z" },
    { results: whole, at: "2026-11-20T02:00:00Z" },
    { results: shard, at: "2026-11-21T02:00:00Z" },
  );
  expect(newestDurations(folder).trialMs("failover", "apache-kill")).not.toBeNull();
  expect(durationsOf(folder, "2026-11-19").trialMs("failover", "apache-kill")).toBeNull();
  const file = join(folder, "durations.json");
  writeFileSync(file, JSON.stringify(whole));
  expect(durationsOf(folder, file).trialMs("failover", "apache-kill")).toBe(newestDurations(folder).trialMs("failover", "apache-kill"));
  expect(() => durationsOf(folder, "2025")).toThrow("no run 2025");
});
