import { missingFrom } from "../history/merge.js";
import type { History } from "../history/read-history.js";
import type { Results } from "./results.js";

/** Codes of what a merged run lacks: without it the plan was not run, and the run proves nothing of that part. */
export const MISSING: readonly string[] = ["shard-missing", "test-missing"];

/** What a merged history lacks of its plan. */
export function missingShards(history: History): Results["errors"] {
  const { shards, tests } = missingFrom(history);
  return [
    ...shards.map((shard) => ({
      suite: `shard ${shard.index}/${shard.count}`,
      code: "shard-missing",
      message: `shard ${shard.index}/${shard.count} is missing, with ${shard.tests} of the plan's tests`,
      hint: `run it with --shard ${shard.index}/${shard.count} and merge again`,
    })),
    ...tests.map(({ suite, test }) => ({
      suite,
      code: "test-missing",
      message: `no shard ran ${test}: they were split by different durations`,
      hint: "give every shard the same --durations",
    })),
  ];
}
