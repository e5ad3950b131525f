import { partName } from "../history/merge.js";
import type { History } from "../history/read-history.js";
import { HachaosError } from "../kernel/errors.js";
import { verdictOfError } from "./judge.js";
import { MISSING, missingShards } from "./missing-shards.js";
import type { Results } from "./results.js";
import { runFacts } from "./run-facts.js";
import { worstVerdict } from "./verdict.js";

/**
 * The results of a merged history, every verdict kept as it was given. `parts` are the results of the runs it was merged from.
 * Throws `usage` when a trial is there twice: then nobody could say which one counts.
 */
export function mergeResults(parts: readonly Results[], history: History): Results {
  refuseDuplicates(parts);
  const missing = missingShards(history);
  // What an earlier merge lacked may have come since.
  const errors = [...parts.flatMap((part) => part.errors.filter(({ code }) => !MISSING.includes(code))), ...missing];
  const tests = parts.flatMap((part) => part.tests);
  const verdicts = parts.map((part) =>
    part.errors.some(({ code }) => MISSING.includes(code)) ? verdictWithoutMissing(part) : part.verdict,
  );
  return {
    schema: "hachaos/results@1",
    run: runFacts(history),
    verdict: worstVerdict([...verdicts, ...missing.map(verdictOfError)]),
    errors,
    tests,
  };
}

function verdictWithoutMissing({ tests, errors, run }: Results): Results["verdict"] {
  const others = errors.filter(({ code }) => !MISSING.includes(code)).map(verdictOfError);
  return worstVerdict([...tests.map((test) => test.verdict), ...others, ...(run.endedAt === null ? (["interrupted"] as const) : [])]);
}

function refuseDuplicates(parts: readonly Results[]): void {
  const owners = new Map<string, Results>();
  for (const part of parts) {
    for (const { suite, name, trials } of part.tests) {
      const key = JSON.stringify([suite, name]);
      const other = owners.get(key);
      owners.set(key, part);
      if (other === undefined) continue;
      const trial = trials[0]?.trial ?? 1;
      throw new HachaosError("usage", `${suite} › ${name}, trial ${trial}, is in ${nameOf(other)} and in ${nameOf(part)}`, {
        hint: hintFor(other, part),
      });
    }
  }
}

function hintFor({ run: a }: Results, { run: b }: Results): string {
  const [from, to] = [a.shard?.balancedBy, b.shard?.balancedBy];
  if (from !== undefined && to !== undefined && from !== to)
    return `the shards were split differently (by ${from}; by ${to}): give each the same --durations`;
  return "leave one of the two out; hachaos compare tells two runs of the same tests apart";
}

function nameOf({ run }: Results): string {
  const name = partName({ runId: run.id, shard: run.shard });
  return name === run.id ? name : `${name} (${run.id})`;
}
