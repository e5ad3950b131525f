import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { results as resultsSchema, type Results } from "../../check/results.js";
import { readHistory } from "../../history/read-history.js";
import { findRun, type RunFolder } from "../../history/run-store.js";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { writeReports } from "../../report/write-reports.js";
import type { CliContext } from "../cli-context.js";

export function addReport(program: Command, { terminal }: CliContext): void {
  program
    .command("report")
    .description("write the report of a stored run again, from its history and results")
    .argument("[run]", "a run's id, the beginning of one, or its folder", "latest")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .action(async (name: string, { reportDir }: { reportDir: string }) => {
      const run = findRun(reportDir, name);
      const written = await writeReports(run.dir, await readResults(run), readHistory(run.history).events);
      for (const { format, message } of written.failed) terminal.progress(`${format} could not be written: ${message}`);
      for (const path of Object.values(written.paths)) terminal.result(path);
    });
}

async function readResults(run: RunFolder): Promise<Results> {
  try {
    return resultsSchema.parse(JSON.parse(await readFile(run.results, "utf8")));
  } catch (error) {
    const hint = `hachaos judge ${run.id} makes them from the history`;
    throw new HachaosError("run-not-found", `${run.results} holds no results: ${messageOf(error)}`, { hint, cause: error });
  }
}
