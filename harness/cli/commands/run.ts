import { Option, type Command } from "commander";
import { EXIT } from "../../kernel/errors.js";
import { PROVIDERS } from "../../lab/providers.js";
import { writeReports } from "../../report/write-reports.js";
import { planSuites, runSuites, type PlannedTest } from "../../suite/run-suites.js";
import type { CliContext } from "../cli-context.js";
import { table } from "../format/table.js";
import { untilInterrupted } from "../interrupt.js";
import { showProgress } from "../progress/show-progress.js";
import { seed, wholeNumber } from "./arguments.js";

interface Options {
  provider: string;
  repeat: number;
  seed?: number;
  filter?: string;
  keep?: true;
  reportDir: string;
  dryRun?: true;
  json?: true;
}

export function addRun(program: Command, context: CliContext): void {
  const providers = PROVIDERS.map((provider) => provider.name);
  program
    .command("run")
    .description("run suites and write the report")
    .argument("[suite...]", "folders with a cluster.yaml, or with such folders in them", ["suites/failover"])
    .addOption(new Option("--provider <name>", "what makes the lab").choices(providers).default(providers[0]))
    .option("--repeat <times>", "repeat each test", wholeNumber, 1)
    .option("--seed <number>", "the run's random numbers, to run it the same way again", seed)
    .option("--filter <text>", "only tests with this in their name")
    .option("--keep", "leave the lab up after the run")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .option("--dry-run", "check the suites and print the plan; no lab is started")
    .option("--json", "print results.json, or the plan as JSON")
    .action((suites: string[], options: Options) => (options.dryRun ? plan(suites, options, context) : run(suites, options, context)));
}

async function run(suites: string[], options: Options, { terminal, exit }: CliContext): Promise<void> {
  const { json, keep = false, provider, repeat, reportDir } = options;
  const progress = showProgress(terminal);
  await untilInterrupted({ progress: progress.say }, async (signal) => {
    const request = { suites, provider, repeat, keep, reportDir, signal, onEvent: progress.onEvent, ...chosen(options) };
    const { run, results, history, exitCode } = await runSuites(request).finally(progress.end);
    const written = await writeReports(run.dir, results, history.events);
    for (const { format, message } of written.failed) terminal.progress(`${format} could not be written: ${message}`);
    if (json) terminal.result(JSON.stringify(results, null, 2));
    else terminal.write(written.texts["summary"] ?? "");
    exit(signal.aborted ? EXIT.interrupted : exitCode);
  });
}

async function plan(suites: string[], options: Options, { terminal }: CliContext): Promise<void> {
  const planned = await planSuites({ suites, provider: options.provider, ...chosen(options) });
  if (options.json) terminal.result(JSON.stringify(planned, null, 2));
  else for (const line of planLines(planned, options.repeat)) terminal.result(line);
}

/** Each test with what is broken and who must serve in the end. */
export function planLines(planned: readonly PlannedTest[], repeat: number): string[] {
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
function chosen({ seed, filter }: Options): { seed?: number; filter?: string } {
  return { ...(seed !== undefined && { seed }), ...(filter !== undefined && { filter }) };
}
