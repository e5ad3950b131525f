import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Option, type Command } from "commander";
import { EXIT } from "../../kernel/errors.js";
import { summaryFormat } from "../../report/formats/summary.js";
import { containersProvider } from "../../lab/containers/containers-provider.js";
import type { CliContext } from "../cli-context.js";
import { untilInterrupted } from "../interrupt.js";
import { runSuites, type RunOutcome } from "../parts.js";
import { seed, wholeNumber } from "./arguments.js";
import { showProgress } from "../progress/show-progress.js";

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
  program
    .command("run")
    .description("run suites and write the report")
    .argument("[suite...]", "folders with a cluster.yaml", ["suites/failover"])
    .addOption(new Option("--provider <name>", "what makes the lab").choices([containersProvider.name]).default(containersProvider.name))
    .option("--repeat <times>", "repeat each test", wholeNumber, 1)
    .option("--seed <number>", "the run's random numbers, to run it the same way again", seed)
    .option("--filter <text>", "only tests with this in their name")
    .option("--keep", "leave the lab up after the run")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .option("--dry-run", "check the suites and print the plan; no lab is started")
    .option("--json", "print results.json")
    .action(async (suites: string[], options: Options) => {
      const outcome = await execute(suites, options, context);
      await tell(outcome, options, context);
      context.exit(outcome.exitCode);
    });
}

async function execute(suites: string[], options: Options, { terminal }: CliContext): Promise<RunOutcome & { interrupted: boolean }> {
  const progress = showProgress(terminal);
  try {
    return await untilInterrupted(terminal, async (signal) => {
      const { provider, repeat, reportDir, keep = false, dryRun = false } = options;
      const chosen = {
        ...(options.seed !== undefined && { seed: options.seed }),
        ...(options.filter !== undefined && { filter: options.filter }),
      };
      const outcome = await runSuites({ suites, provider, repeat, reportDir, keep, dryRun, signal, onEvent: progress.onEvent, ...chosen });
      return { ...outcome, interrupted: signal.aborted, exitCode: signal.aborted ? EXIT.interrupted : outcome.exitCode };
    });
  } finally {
    progress.end();
  }
}

async function tell(outcome: RunOutcome, { json, dryRun }: Options, { terminal }: CliContext): Promise<void> {
  if (json) terminal.result(JSON.stringify(dryRun ? (outcome.plan ?? []) : outcome.results, null, 2));
  else if (dryRun) for (const line of outcome.plan ?? []) terminal.result(line);
  else terminal.result((await readFile(join(outcome.runFolder, summaryFormat.file), "utf8")).trimEnd());
}
