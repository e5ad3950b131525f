import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { HistoryEvent } from "../history/event.js";
import { parseHistory } from "../history/read-history.js";
import type { ShardFacts } from "../history/run-began.js";
import { findRun, listRuns, type RunFolder } from "../history/run-store.js";
import { apacheKill, baseline, gatewayBlackhole, type Run } from "../history/testing/scenarios.js";
import { judge } from "./judge.js";
import { mergeRuns } from "./merge-runs.js";
import { readResults } from "./read-results.js";
import type { TestResult } from "./results.js";

const PLAN = ["baseline", "apache-kill", "gateway-blackhole"];
const BUILT: Record<string, () => Run> = { baseline, "apache-kill": apacheKill, "gateway-blackhole": gatewayBlackhole };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hachaos-merge-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
});

interface ShardOptions {
  index: number;
  count?: number;
  /** Which shard runs each test of the plan, in the plan's order. */
  split?: number[];
  plan?: string[];
  runId?: string;
  balancedBy?: string;
  startedAt?: string;
  kernel?: string;
  lab?: string;
  /** The last line cut off in its middle, and no results: the run was killed. */
  killed?: boolean;
}

/** A stored run of one test, as a shard of a plan leaves it. */
function shard(testName: string, options: ShardOptions): RunFolder {
  const { index, count = 3, split = [1, 2, 3], plan = PLAN, balancedBy = "run x", killed = false } = options;
  const runId = options.runId ?? `2026-11-20T02-00-0${index}-abc${index}`;
  const facts: ShardFacts = {
    index,
    count,
    balancedBy,
    tests: plan.map((test, at) => ({ suite: "failover", test, shard: split[at] ?? 0 })),
  };
  const startedAt = options.startedAt ?? `2026-11-20T02:00:0${index}.000Z`;
  const argv = ["run", "failover", "--shard", `${index}/${count}`, "--seed=1"];
  const events = (BUILT[testName]?.() ?? baseline()).events().map((event): HistoryEvent => {
    if (event.type !== "run-started") return "lab" in event ? { ...event, lab: options.lab ?? `failover-${index}` } : event;
    return { ...event, runId, startedAt, argv, shard: facts, host: { ...event.host, kernel: options.kernel ?? "6.1.0" } };
  });
  const text = events.map((event) => `${JSON.stringify(event)}\n`).join("");
  const dir = join(folder, `part-${index}`, "runs", runId);
  mkdirSync(join(dir, "nodes", "vm-node1"), { recursive: true });
  writeFileSync(join(dir, "nodes", "vm-node1", "pacemaker.log"), `log of ${runId}`);
  writeFileSync(join(dir, "history.ndjson"), killed ? text.slice(0, -20) : text);
  const run = findRun(folder, dir);
  if (!killed) writeFileSync(run.results, JSON.stringify(judge(parseHistory(text, "shard"))));
  return run;
}

const three = () => PLAN.map((name, index) => shard(name, { index: index + 1 }));
const reports = () => join(folder, "reports");
const byName = (tests: TestResult[]) => [...tests].sort((a, b) => (a.name < b.name ? -1 : 1));

describe("merging shards", () => {
  test("keeps every verdict, and judging the merged history gives the same results again", () => {
    const sources = three();
    const { run, results } = mergeRuns(reports(), sources);
    expect(results.tests).toEqual(sources.flatMap((source) => readResults(source.results).tests));
    expect(results.verdict).toBe("pass");
    const again = judge(parseHistory(readFileSync(run.history, "utf8"), run.history));
    expect({ ...again, tests: byName(again.tests) }).toEqual({ ...results, tests: byName(results.tests) });
  });

  test("makes one run of a command without --shard, from the first part's beginning to the last one's end", () => {
    const { run, results } = mergeRuns(reports(), three());
    expect(results.run).toMatchObject({
      id: run.id,
      startedAt: "2026-11-20T02:00:01.000Z",
      argv: ["run", "failover", "--seed=1"],
      seed: 1,
    });
    expect(results.run.shard).toBeUndefined();
    const ends = results.run.parts?.map((part) => part.endedAt ?? "").sort();
    expect(results.run.endedAt).toBe(ends?.at(-1));
    expect(results.run.parts?.map((part) => part.shard?.index)).toEqual([1, 2, 3]);
    expect(results.run.labs?.map(({ lab }) => lab).sort()).toEqual(["failover-1", "failover-2", "failover-3"]);
  });

  test("keeps each part's node logs apart, and takes no links", () => {
    const sources = three();
    symlinkSync("/etc/passwd", join(sources[0]?.dir ?? "", "nodes", "vm-node1", "passwd"));
    const { run } = mergeRuns(reports(), sources);
    for (const { id } of sources)
      expect(readFileSync(join(run.dir, "nodes", id, "vm-node1", "pacemaker.log"), "utf8")).toBe(`log of ${id}`);
    expect(readdirSync(join(run.dir, "nodes", sources[0]?.id ?? "", "vm-node1"))).toEqual(["pacemaker.log"]);
    expect(findRun(reports()).id).toBe(run.id);
  });

  test("names what differs between the parts, and by whom", () => {
    const sources = PLAN.map((name, at) => shard(name, { index: at + 1, kernel: at === 1 ? "6.12.0" : "6.1.0" }));
    const { versions, bonding } = mergeRuns(reports(), sources).results.run;
    expect(versions["kernel"]).toBe("6.1.0 (shard 1/3, shard 3/3); 6.12.0 (shard 2/3)");
    expect(bonding).toBe("kernel");
  });

  test("names a missing shard, and then the run is not proven", () => {
    const [first, , third] = three();
    if (!first || !third) throw new Error("three shards");
    const { run, results } = mergeRuns(reports(), [third, first]);
    expect(results.verdict).toBe("invalid");
    expect(results.errors).toEqual([
      {
        suite: "shard 2/3",
        code: "shard-missing",
        message: "shard 2/3 is missing, with 1 of the plan's tests",
        hint: "run it with --shard 2/3 and merge again",
      },
    ]);
    const again = judge(parseHistory(readFileSync(run.history, "utf8"), run.history));
    expect([again.verdict, again.errors]).toEqual([results.verdict, results.errors]);
  });

  test("a merged run and the shard that came late merge into the whole", () => {
    const [first, second, third] = three();
    if (!first || !second || !third) throw new Error("three shards");
    const { run, results: partial } = mergeRuns(reports(), [first, third]);
    writeFileSync(run.results, JSON.stringify(partial));
    const { results, run: whole } = mergeRuns(reports(), [run, second]);
    expect(results).toMatchObject({ verdict: "pass", errors: [] });
    expect(results.tests.map(({ name }) => name).sort()).toEqual([...PLAN].sort());
    expect(readdirSync(join(whole.dir, "nodes")).sort()).toEqual([first.id, second.id, third.id].sort());
  });

  test("a shard that was killed leaves the whole interrupted", () => {
    const sources = PLAN.map((name, at) => shard(name, { index: at + 1, killed: at === 2 }));
    const { run, results } = mergeRuns(reports(), sources);
    expect(results.verdict).toBe("interrupted");
    expect(judge(parseHistory(readFileSync(run.history, "utf8"), run.history)).verdict).toBe("interrupted");
  });

  test("labs of one name get names of their own", () => {
    const sources = PLAN.map((name, at) => shard(name, { index: at + 1, lab: "failover-same" }));
    const { run, results } = mergeRuns(reports(), sources);
    const again = judge(parseHistory(readFileSync(run.history, "utf8"), run.history));
    expect(byName(again.tests)).toEqual(byName(results.tests));
    expect(results.run.labs?.map(({ lab }) => lab).sort()).toEqual(["failover-same", "failover-same-2", "failover-same-3"]);
  });
});

describe("what cannot be merged is refused, and nothing is written", () => {
  const refused = (sources: RunFolder[], words: RegExp) => {
    expect(() => mergeRuns(reports(), sources)).toThrow(words);
    expect(existsSync(reports()) ? listRuns(reports()) : []).toEqual([]);
  };

  test("the same trial twice: the shards were split by different durations", () => {
    const a = shard("apache-kill", { index: 1, split: [2, 1, 3], balancedBy: "run a" });
    const b = shard("apache-kill", { index: 2, split: [1, 2, 3], balancedBy: "run b" });
    refused([a, b], /^failover › apache-kill, trial 1, is in shard 1\/3 \(.*abc1\) and in shard 2\/3 \(.*abc2\)$/);
    try {
      mergeRuns(reports(), [a, b]);
    } catch (error) {
      expect(error).toMatchObject({ hint: "the shards were split differently (by run a; by run b): give each the same --durations" });
    }
  });

  test("the same run twice", () => {
    const [first] = three();
    if (first) refused([first, first], /run .*abc1 is there twice/);
  });

  test("shards of different plans", () => {
    refused([shard("baseline", { index: 1 }), shard("apache-kill", { index: 2, count: 2 })], /are no parts of one plan/);
    refused(
      [shard("baseline", { index: 1 }), shard("apache-kill", { index: 2, plan: ["baseline", "apache-kill"] })],
      /are no parts of one plan/,
    );
  });

  test("results or a history that are not what they should be", () => {
    const [first, second] = three();
    if (!first || !second) throw new Error("three shards");
    writeFileSync(second.results, JSON.stringify({ schema: "hachaos/results@9" }));
    refused([first, second], /holds no results/);
    rmSync(second.results);
    writeFileSync(second.history, '{"atUs":"now","type":"gate"}\n');
    refused([first, second], /history.ndjson:1/);
  });
});

test("a test that fell between differently split shards is named", () => {
  const a = shard("baseline", { index: 1, count: 2, split: [1, 2, 2] });
  const b = shard("apache-kill", { index: 2, count: 2, split: [1, 2, 1] });
  const { results } = mergeRuns(reports(), [a, b]);
  expect(results.verdict).toBe("invalid");
  expect(results.errors).toMatchObject([
    { code: "test-missing", message: "no shard ran gateway-blackhole: they were split by different durations" },
  ]);
});
