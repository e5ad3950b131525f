import type { ShardFacts } from "../history/run-began.js";
import { HachaosError } from "../kernel/errors.js";
import { durationsOf, estimatedTrialMs, LAB_MS, newestDurations, type Durations } from "./durations.js";
import { planSuites, type PlannedTest, type PlanRequest } from "./plan-suites.js";
import { shardMs, splitIntoShards, type ExpectedTest } from "./shard.js";

/** The part of a run that one shard does. */
export interface ShardPart {
  facts: ShardFacts;
  tests: PlannedTest[];
  /** Expected, with its labs; and the whole plan in one go; ms. */
  ms: number;
  wholeMs: number;
}

export interface ShardRequest extends PlanRequest {
  shard: { index: number; count: number };
  repeat: number;
  reportDir: string;
  /** The run whose durations count: its id, folder or results.json; without it, the newest whole run. */
  durations?: string;
}

/** Which tests a shard runs. Needs no word from the other shards: with the same suites, options and durations each comes to the same split. */
export async function planShard(request: ShardRequest): Promise<ShardPart> {
  const { reportDir, durations } = request;
  const known = durations === undefined ? newestDurations(reportDir) : durationsOf(reportDir, durations);
  return partOf(await planSuites(request), known, request);
}

/** The same for a plan already made. Pure. */
export function partOf(
  planned: readonly PlannedTest[],
  durations: Durations,
  { shard, repeat }: Pick<ShardRequest, "shard" | "repeat">,
): ShardPart {
  // Two files of a suite may have tests of one name: they are one test in the results, so they stay together.
  const expected = new Map<string, ExpectedTest & { known: boolean }>();
  for (const { suite, scenario, from: file } of planned) {
    const known = durations.trialMs(suite, scenario.name);
    const ms = repeat * (known ?? estimatedTrialMs(file.definition, scenario));
    const before = expected.get(keyOf(suite, scenario.name));
    expected.set(keyOf(suite, scenario.name), {
      suite,
      test: scenario.name,
      ms: ms + (before?.ms ?? 0),
      known: known !== null && (before?.known ?? true),
    });
  }
  const tests = [...expected.values()];
  if (tests.length < shard.count) {
    const hint = tests.length === 0 ? "hachaos run --dry-run shows the plan" : `use ${tests.length} shards or fewer`;
    throw new HachaosError("usage", `the plan has ${tests.length} tests, too few for ${shard.count} shards`, { hint });
  }
  const labMs = (suite: string) => durations.labMs(suite) ?? LAB_MS;
  const shards = splitIntoShards(tests, labMs, shard.count);
  const shardOf = new Map(shards.flatMap((own, index) => own.map(({ suite, test }) => [keyOf(suite, test), index + 1])));
  const own = planned.filter(({ suite, scenario }) => shardOf.get(keyOf(suite, scenario.name)) === shard.index);
  const facts: ShardFacts = {
    ...shard,
    tests: tests.map(({ suite, test }) => ({ suite, test, shard: shardOf.get(keyOf(suite, test)) ?? 0 })),
    balancedBy: balancedBy(durations.source, tests),
  };
  return {
    facts,
    tests: own,
    ms: shardMs(shards[shard.index - 1] ?? [], labMs),
    wholeMs: shardMs(tests, labMs),
  };
}

function keyOf(suite: string, test: string): string {
  return JSON.stringify([suite, test]);
}

/** For example `run 2026-11-21T02-00-11-k3x9; 2 of 7 tests not in it, by their budgets`. */
function balancedBy(source: string, tests: readonly { known: boolean }[]): string {
  const unknown = tests.filter(({ known }) => !known).length;
  if (unknown === tests.length) return "the tests' budgets: no durations are known";
  return unknown === 0 ? source : `${source}; ${unknown} of ${tests.length} tests are not in it, these by their budgets`;
}
