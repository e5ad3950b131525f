import { statSync } from "node:fs";
import { readResults } from "../check/read-results.js";
import type { Results } from "../check/results.js";
import { budgetFor, failbackBudgetFor } from "../cluster/budgets.js";
import type { ClusterDefinition } from "../cluster/definition.js";
import { findRun, listRuns } from "../history/run-store.js";
import { HachaosError } from "../kernel/errors.js";
import type { Scenario } from "../run/scenario.js";

/** What is known of how long tests take. */
export interface Durations {
  /** Where it was read: for messages, and for a merge to say by what its shards were split. */
  source: string;
  /** Mean wall time of a test's trials, ms; null: it was never measured. */
  trialMs(suite: string, test: string): number | null;
  /** From a suite's start until its lab was ready, ms; null: never measured. */
  labMs(suite: string): number | null;
}

/** A run, its folder or its results.json. Throws `run-not-found`. */
export function durationsOf(reportDir: string, name: string): Durations {
  const isFile = name.endsWith(".json") && statSync(name, { throwIfNoEntry: false })?.isFile() === true;
  const results = readResults(isFile ? name : findRun(reportDir, name).results);
  return durationsIn(results, `run ${results.run.id}`);
}

/**
 * The newest stored run that is whole, else nothing. A shard's own run does not count: shards that run one after the other on the same
 * machine would each see another newest run, and split the plan differently.
 */
export function newestDurations(reportDir: string): Durations {
  for (const id of listRuns(reportDir).toReversed()) {
    try {
      const results = readResults(findRun(reportDir, id).results);
      if (results.run.shard === undefined && results.tests.length > 0) return durationsIn(results, `run ${id}`);
    } catch (error) {
      // A run that was killed has no results; an older one has.
      if (!(error instanceof HachaosError)) throw error;
    }
  }
  return { source: "the definitions", trialMs: () => null, labMs: () => null };
}

export function durationsIn({ tests, run }: Results, source: string): Durations {
  const mean = (values: number[]) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
  return {
    source,
    trialMs(suite, test) {
      const found = tests.find((known) => known.suite === suite && known.name === test);
      // A trial that was refused or cut short says nothing about the next one.
      return mean(
        (found?.trials ?? [])
          .filter(({ verdict }) => verdict === "pass" || verdict === "fail")
          .map(({ startMs, endMs }) => endMs - startMs),
      );
    },
    labMs: (suite) =>
      mean((run.labs ?? []).flatMap((lab) => (lab.suite === suite && lab.readyMs !== null ? [lab.readyMs - lab.startMs] : []))),
  };
}

/** A cold lab serves after some 13 seconds on a quiet machine (README), and later beside one that works. */
export const LAB_MS = 16_000;
/** Two quiet seconds before the fault, three steady ones after it, and three clean ones at the gate (docs/suite.md). */
const AROUND_MS = 8_000;
/** Token and consensus, and two seconds more for their effects: how long nothing is awaited (harness/run/conductor.ts). */
const AFTERMATH_MS = 2_000;

/** How long a trial may take by its definition, ms: it is watched for its budget at most, and moves back within the failback's. */
export function estimatedTrialMs(definition: ClusterDefinition, { fault, watchMs, expect }: Scenario): number {
  const { tokenMs, consensusMs } = definition.corosync.totem;
  const unmovedMs = watchMs ?? tokenMs + consensusMs + AFTERMATH_MS;
  if (fault === null || expect === "same") return AROUND_MS + unmovedMs;
  return AROUND_MS + budgetFor(definition, fault).ms + failbackBudgetFor(definition).ms;
}
