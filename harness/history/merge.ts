import { readFileSync } from "node:fs";
import { HachaosError } from "../kernel/errors.js";
import type { EventOf } from "./event.js";
import { allOf, firstOf, parseHistory, type History } from "./read-history.js";
import type { ShardFacts } from "./run-began.js";

type Part = EventOf<"part">;

/** A run to merge: the history's file, and the text of its events with lab names that no other run has. */
interface Source {
  file: string;
  parts: Part[];
  lines: string[];
}

/**
 * The text of one history that holds several runs, each lab's events as they were. It begins with a run of its own id, tells of every part, and
 * ends only when every part came to its end. Merged histories may be merged again: their parts are taken, not they themselves.
 * Throws `history-unreadable`, and `usage` for runs that are not of one plan.
 */
export function mergeHistories(files: readonly string[], runId: string): string {
  const taken = new Set<string>();
  const sources = files.map((file) => readSource(file, taken));
  const parts = sources.flatMap((source) => source.parts).sort(byShard);
  refuseTwice(parts);
  refuseOtherPlans(parts);
  const lines = [header(parts, runId), ...parts, ...sources.flatMap((source) => source.lines), ...ending(parts)];
  return lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
}

/** Which of a plan's shards are not among the parts of a merged history, and which tests none of its parts had to run. */
export function missingFrom(history: History): { shards: { index: number; count: number; tests: number }[]; tests: ShardFacts["tests"] } {
  const shards = allOf(history.events, "part").flatMap((part) => part.run.shard ?? []);
  const [first] = shards;
  if (first === undefined) return { shards: [], tests: [] };
  const indices = Array.from({ length: first.count }, (_, index) => index + 1);
  const missing = indices.filter((index) => !shards.some((shard) => shard.index === index));
  const run = new Set(shards.flatMap((shard) => shard.tests.filter((test) => test.shard === shard.index).map(keyOf)));
  return {
    shards: missing.map((index) => ({ index, count: first.count, tests: first.tests.filter((test) => test.shard === index).length })),
    tests: first.tests.filter((test) => !run.has(keyOf(test)) && !missing.includes(test.shard)),
  };
}

/** `shard 2/3`, or the run's id where it is no shard. */
export function partName({ runId, shard }: { runId: string; shard?: { index: number; count: number } | undefined }): string {
  return shard === undefined ? runId : `shard ${shard.index}/${shard.count}`;
}

function readSource(file: string, taken: Set<string>): Source {
  const text = readFileSync(file, "utf8");
  const history = parseHistory(text, file);
  const whole = text.split("\n").slice(0, history.truncated === null ? undefined : -1);
  const events = whole.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as { type: string; lab?: string });
  const names = renamed(events, taken);
  return {
    file,
    parts: partsOf(history, file).map((part) => ({ ...part, labs: part.labs.map((lab) => names.get(lab) ?? lab) })),
    lines: events
      .filter(({ type }) => !FRAME.includes(type))
      .map((event) => JSON.stringify(event.lab === undefined ? event : { ...event, lab: names.get(event.lab) ?? event.lab })),
  };
}

/** What a merged history says once for all its parts. */
const FRAME = ["run-started", "run-ended", "part"];

/** Lab names end with four letters of the run's id, so two runs may rarely have the same; then the later one gets a number. */
function renamed(events: readonly { lab?: string }[], taken: Set<string>): Map<string, string> {
  const names = new Map<string, string>();
  for (const lab of new Set(events.flatMap((event) => event.lab ?? []))) {
    let name = lab;
    for (let count = 2; taken.has(name); count++) name = `${lab}-${count}`;
    taken.add(name);
    names.set(lab, name);
  }
  return names;
}

function partsOf(history: History, file: string): Part[] {
  const { events } = history;
  const parts = allOf(events, "part");
  if (parts.length > 0) return parts;
  const started = firstOf(events, "run-started");
  if (started === null) throw new HachaosError("history-unreadable", `${file} does not tell how its run began`);
  const { runId, startedAt, seed, provider, argv, host, shard, plan, cells } = started;
  const ended = history.truncated === null ? firstOf(events, "run-ended") : null;
  const run = { runId, startedAt, seed, provider, argv, host, ...(shard && { shard }), ...(plan && { plan }), ...(cells && { cells }) };
  const labs = [...new Set(events.flatMap((event) => ("lab" in event ? [event.lab] : [])))];
  return [{ type: "part", atUs: 0, run, endedUs: ended?.atUs ?? null, interrupted: ended?.interrupted === true, labs }];
}

function byShard(a: Part, b: Part): number {
  return (a.run.shard?.index ?? 0) - (b.run.shard?.index ?? 0) || Date.parse(a.run.startedAt) - Date.parse(b.run.startedAt);
}

function refuseTwice(parts: readonly Part[]): void {
  const ids = parts.map((part) => part.run.runId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new HachaosError("usage", `run ${twice} is there twice`, { hint: "name every run once" });
}

function refuseOtherPlans(parts: readonly Part[]): void {
  const [first, ...others] = parts.filter((part) => part.run.shard !== undefined);
  const other = others.find((part) => planOf(part) !== (first === undefined ? "" : planOf(first)));
  if (first === undefined || other === undefined) return;
  throw new HachaosError(
    "usage",
    `${partName(first.run)} (${first.run.runId}) and ${partName(other.run)} (${other.run.runId}) are no parts of one plan`,
    {
      hint: "merge shards that were run with the same suites, the same --filter and the same number of shards",
    },
  );
}

function planOf({ run: { shard } }: Part): string {
  return JSON.stringify([shard?.count, shard?.tests.map(keyOf).sort()]);
}

function keyOf({ suite, test }: { suite: string; test: string }): string {
  return JSON.stringify([suite, test]);
}

/** The whole run as if it had been run in one go: begun with its first part, and by a command without --shard. */
function header(parts: readonly Part[], runId: string): EventOf<"run-started"> {
  const [first] = parts;
  if (first === undefined) throw new HachaosError("usage", "there is no run to merge", { hint: "name run folders or folders with runs/" });
  const startedAt = parts.map((part) => part.run.startedAt).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? first.run.startedAt;
  const { seed, provider, argv, host } = first.run;
  return {
    type: "run-started",
    schema: "hachaos/history@1",
    atUs: 0,
    runId,
    startedAt,
    seed,
    provider,
    argv: withoutShard(argv),
    host,
    // No process ran it, and no clock was read.
    baseUs: 0,
    pid: process.pid,
  };
}

/** The command line without `--shard i/n` and `--durations <run>`. */
export function withoutShard(argv: readonly string[]): string[] {
  const own = ["--shard", "--durations"];
  return argv.filter(
    (word, index) => !own.includes(word) && !own.some((name) => word.startsWith(`${name}=`)) && !own.includes(argv[index - 1] ?? ""),
  );
}

function ending(parts: readonly Part[]): EventOf<"run-ended">[] {
  const startMs = Math.min(...parts.map((part) => Date.parse(part.run.startedAt)));
  const ends = parts.map((part) => (part.endedUs === null ? null : (Date.parse(part.run.startedAt) - startMs) * 1000 + part.endedUs));
  if (ends.includes(null)) return [];
  const load1 = Math.max(...parts.map((part) => part.run.host.load1));
  const interrupted = parts.some((part) => part.interrupted);
  return [{ type: "run-ended", atUs: Math.max(...ends.filter((end) => end !== null)), load1, ...(interrupted && { interrupted }) }];
}
