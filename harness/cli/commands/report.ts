import type { Command } from "commander";
import { readComparison } from "../../check/comparison.js";
import { exitCodeOf } from "../../check/exit-code.js";
import { mergeRuns } from "../../check/merge-runs.js";
import { readResults } from "../../check/read-results.js";
import { partName } from "../../history/merge.js";
import { readHistory } from "../../history/read-history.js";
import { findRun, runsOf, type RunFolder } from "../../history/run-store.js";
import { HachaosError } from "../../kernel/errors.js";
import { writeReports } from "../../report/write-reports.js";
import { tellCi } from "../ci/tell-ci.js";
import type { CliContext } from "../cli-context.js";

export function addReport(program: Command, context: CliContext): void {
  program
    .command("report")
    .description("write the report of a stored run again; several runs, such as shards, are merged into a new one")
    .argument("[run...]", "a run's id, the beginning of one, its folder, or a folder with runs/ in it, whose runs are merged", ["latest"])
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .action(async (names: string[], { reportDir }: { reportDir: string }) => {
      const folders = names.map((name) => runsOf(name));
      const sources = names.flatMap((name, index) => folders[index] ?? [findRun(reportDir, name)]);
      const [only] = sources;
      // One shard that came alone is still a part: merged, it says which others are missing.
      if (only !== undefined && names.length === 1 && folders[0] === null) await again(only, context);
      else await merge(reportDir, names, sources, context);
    });
}

async function again(run: RunFolder, { terminal }: CliContext): Promise<void> {
  const written = await writeReports(run.dir, readResults(run.results), readHistory(run.history).events, {
    comparison: readComparison(run.comparison),
  });
  for (const { format, message } of written.failed) terminal.progress(`${format} could not be written: ${message}`);
  for (const path of Object.values(written.paths)) terminal.result(path);
}

async function merge(reportDir: string, names: readonly string[], sources: readonly RunFolder[], context: CliContext): Promise<void> {
  const { terminal } = context;
  if (sources.length === 0) throw new HachaosError("run-not-found", `no run in ${names.join(", ")}`);
  const { run, history, results } = mergeRuns(reportDir, sources);
  for (const { id, shard, startedAt } of results.run.parts ?? []) {
    terminal.progress(`merged ${partName({ runId: id, shard })}, begun ${startedAt}, from run ${id}`);
  }
  const written = await writeReports(run.dir, results, history.events);
  for (const { format, message } of written.failed) terminal.progress(`${format} could not be written: ${message}`);
  tellCi(written.model, terminal);
  terminal.write(written.texts["summary"] ?? "");
  context.exit(exitCodeOf(results));
}
