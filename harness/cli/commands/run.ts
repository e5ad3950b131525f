import { writeFileSync } from "node:fs";
import { Option, type Command } from "commander";
import { compareRuns, refuseMixture } from "../../check/compare-runs.js";
import { isRegression } from "../../check/comparison.js";
import { readResults } from "../../check/read-results.js";
import type { Results } from "../../check/results.js";
import { findRun } from "../../history/run-store.js";
import { EXIT, HachaosError } from "../../kernel/errors.js";
import { withTemporaryFiles } from "../../kernel/work-folder.js";
import { recommendedCells, thisMachine, type CellAdvice } from "../../lab/doctor/recommended-cells.js";
import { PROVIDERS, providerOf } from "../../lab/providers.js";
import { writeReports } from "../../report/write-reports.js";
import { planShard, type ShardPart } from "../../suite/plan-shard.js";
import { planSuites, type PlannedTest } from "../../suite/plan-suites.js";
import { runSuites } from "../../suite/run-suites.js";
import { tellCi } from "../ci/tell-ci.js";
import type { CliContext } from "../cli-context.js";
import { milliseconds } from "../format/milliseconds.js";
import { table } from "../format/table.js";
import { untilInterrupted } from "../interrupt.js";
import { agree } from "../machines/agree.js";
import { planMachines } from "../machines/plan-machines.js";
import { showProgress } from "../progress/show-progress.js";
import type { Terminal } from "../terminal/terminal.js";
import { collect, releases, seed, shardArgument, wholeNumber } from "./arguments.js";

interface Options {
  provider: string;
  release?: string[];
  repeat: number;
  cells?: number;
  seed?: number;
  filter?: string;
  shard?: { index: number; count: number };
  durations?: string;
  baseline: string[];
  failOn?: "regression";
  keep?: true;
  reportDir: string;
  dryRun?: true;
  yes?: true;
  json?: true;
}

export function addRun(program: Command, context: CliContext): void {
  const providers = PROVIDERS.map((provider) => provider.name);
  program
    .command("run")
    .description("run suites and write the report")
    .argument("[suite...]", "folders with a cluster.yaml, or with such folders in them", ["suites/failover"])
    .addOption(new Option("--provider <name>", "what makes the lab").choices(providers).default(providers[0]))
    .option("--release <names>", "Debian release of the nodes, or several: bookworm,trixie runs each suite for both", releases)
    .option("--repeat <times>", "repeat each test", wholeNumber, 1)
    .option("--cells <count>", "how many labs work side by side (default: what hachaos doctor says; 1 with --keep)", wholeNumber)
    .option("--seed <number>", "the run's random numbers, to run it the same way again", seed)
    .option("--filter <text>", "only tests with this in their name")
    .option("--shard <i/n>", "only the i-th of n parts of about the same length; hachaos report merges them", shardArgument)
    .option("--durations <run>", "split by the durations of this run (or results.json), not of the newest one")
    .option("--baseline <run>", "compare with this run at the end; given several times, with all of them together", collect, [])
    .addOption(new Option("--fail-on <what>", "exit 5 when nothing worse happened but something is slower").choices(["regression"]))
    .option("--keep", "leave the lab up after the run")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .option("--dry-run", "check the suites and print the plan, and with --provider ssh every command per machine; nothing is started")
    .option("-y, --yes", "with --provider ssh: break these machines without asking")
    .option("--json", "print results.json, or the plan as JSON")
    .action((suites: string[], options: Options) =>
      withTemporaryFiles(() => (options.dryRun ? plan(suites, options, context) : run(suites, options, context))),
    );
}

async function run(suites: string[], options: Options, { terminal, exit }: CliContext): Promise<void> {
  const { json, keep = false, provider, repeat, reportDir } = options;
  const recommended = recommendedCells(thisMachine(), provider);
  const { taken } = providerOf(provider);
  if (taken && (options.cells ?? 1) > 1)
    throw new HachaosError("usage", `with --provider ${provider} there is one cell: the machines are there once`);
  const cells = options.cells ?? (keep || taken ? 1 : recommended.cells);
  const baselines = baselinesOf(options);
  const part = await shardPart(suites, options);
  if (part !== null) terminal.progress(shardLine(part));
  if (taken) await agreeToPlan(part?.tests ?? (await planSuites({ suites, provider, ...chosen(options) })), options, terminal);
  if (cells > recommended.cells) terminal.progress(crowdedLine(cells, recommended));
  const progress = showProgress(terminal);
  await untilInterrupted({ progress: progress.say }, async (signal) => {
    const request = {
      suites,
      provider,
      repeat,
      cells,
      ahead: recommended.ahead,
      keep,
      reportDir,
      signal,
      onEvent: progress.onEvent,
      ...(part && { part }),
      ...chosen(options),
    };
    const { run, results, history, exitCode } = await runSuites(request).finally(progress.end);
    const comparison = baselines.length === 0 ? null : compareRuns(baselines, results);
    if (comparison !== null) writeFileSync(run.comparison, `${JSON.stringify(comparison, null, 2)}\n`);
    const written = await writeReports(run.dir, results, history.events, { comparison });
    for (const { format, message } of written.failed) terminal.progress(`${format} could not be written: ${message}`);
    tellCi(written.model, terminal);
    if (json) terminal.result(JSON.stringify(results, null, 2));
    else terminal.write(written.texts["summary"] ?? "");
    const slower = options.failOn === "regression" && comparison !== null && isRegression(comparison);
    const judged = exitCode === EXIT.pass && slower ? EXIT.regression : exitCode;
    exit(signal.aborted ? EXIT.interrupted : judged);
  });
}

/** What would be done to machines that are somebody's is shown and agreed to before anything is. */
async function agreeToPlan(tests: readonly PlannedTest[], { provider, yes }: Options, terminal: Terminal): Promise<void> {
  await planMachines(tests, providerOf(provider), terminal.progress);
  await agree(terminal, "Break these machines?", yes === true);
}

/** It may well go; whether it did, the probes' lateness says of each trial. */
function crowdedLine(cells: number, { cells: recommended, why }: CellAdvice): string {
  return `${cells} cells are more than the ${recommended} that this machine is good for (${why}): trials whose probes run late will be invalid`;
}

/** Read before anything is built: a name that fits no run must not cost a run. */
function baselinesOf({ baseline, failOn, reportDir }: Options): Results[] {
  if (failOn !== undefined && baseline.length === 0) {
    throw new HachaosError("usage", `--fail-on ${failOn} needs something to compare with`, { hint: "add --baseline <run>" });
  }
  const runs = baseline.map((name) => readResults(findRun(reportDir, name).results));
  refuseMixture(runs);
  return runs;
}

async function plan(suites: string[], options: Options, { terminal }: CliContext): Promise<void> {
  const part = await shardPart(suites, options);
  const planned = part?.tests ?? (await planSuites({ suites, provider: options.provider, ...chosen(options) }));
  if (part !== null) terminal.progress(shardLine(part));
  const data = planned.map(({ suite, scenario }) => ({ suite, scenario }));
  if (options.json) terminal.result(JSON.stringify(data, null, 2));
  else for (const line of planLines(data, options.repeat)) terminal.result(line);
  const provider = providerOf(options.provider);
  if (provider.taken && !options.json) await planMachines(planned, provider, terminal.result);
}

async function shardPart(suites: string[], options: Options): Promise<ShardPart | null> {
  const { shard, durations, provider, repeat, reportDir } = options;
  if (shard === undefined) {
    if (durations === undefined) return null;
    throw new HachaosError("usage", "--durations says how to split a run, and nothing is split", { hint: "add --shard i/n" });
  }
  // Else every shard would draw a seed of its own, and no command could make the whole run again.
  if (options.seed === undefined) {
    const hint = "add the same --seed to every shard, for example the number of the nightly job";
    throw new HachaosError("usage", "--shard needs --seed: the parts of one run share its random numbers", { hint });
  }
  return planShard({ suites, shard, provider, repeat, reportDir, ...chosen(options), ...(durations !== undefined && { durations }) });
}

function shardLine({ facts: { index, count, tests, balancedBy }, tests: own, ms, wholeMs }: ShardPart): string {
  const share = `${own.length} of ${tests.length} tests, about ${milliseconds(ms)} of ${milliseconds(wholeMs)}`;
  return `shard ${index}/${count}: ${share}; split by ${balancedBy}`;
}

/** Each test with what is broken and who must serve in the end. */
export function planLines(planned: readonly Pick<PlannedTest, "suite" | "scenario">[], repeat: number): string[] {
  const rows = planned.map(({ suite, scenario: { name, fault, expect } }) => [
    suite,
    repeat > 1 ? `${name} x${repeat}` : name,
    fault === null ? "nothing is broken" : [fault.kind, fault.target].filter(Boolean).join(" "),
    fault === null
      ? ""
      : Object.entries(fault.params)
          .map(([key, value]) => `${key}=${value}`)
          .join(" "),
    `served by ${expect === "same" ? "the same node" : "the standby"}`,
  ]);
  return [...table(rows), `${planned.length * repeat} trials; no lab was started`];
}

/** What was given, and nothing else: an option that is not there is not undefined. */
function chosen({ seed, filter, release }: Options): { seed?: number; filter?: string; releases?: string[] } {
  return {
    ...(seed !== undefined && { seed }),
    ...(filter !== undefined && { filter }),
    ...(release !== undefined && { releases: release }),
  };
}
