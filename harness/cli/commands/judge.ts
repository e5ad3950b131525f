import type { Command } from "commander";
import { readComparison } from "../../check/comparison.js";
import { exitCodeOf } from "../../check/exit-code.js";
import { judge } from "../../check/judge.js";
import { readHistory } from "../../history/read-history.js";
import { findRun } from "../../history/run-store.js";
import { writeReports } from "../../report/write-reports.js";
import type { CliContext } from "../cli-context.js";

export function addJudge(program: Command, context: CliContext): void {
  const { terminal } = context;
  program
    .command("judge")
    .description("judge a stored run again from its history alone, and write its report anew")
    .argument("[run]", "a run's id, the beginning of one, or its folder", "latest")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .option("--json", "print results.json")
    .action(async (name: string, { reportDir, json }: { reportDir: string; json?: true }) => {
      const run = findRun(reportDir, name);
      const history = readHistory(run.history);
      if (history.truncated !== null)
        terminal.progress(`the history ends in the middle of line ${history.truncated.line}: the run was killed`);
      const results = judge(history);
      const written = await writeReports(run.dir, results, history.events, { comparison: readComparison(run.comparison) });
      if (json) terminal.result(JSON.stringify(results, null, 2));
      else terminal.write(written.texts["summary"] ?? "");
      context.exit(exitCodeOf(results));
    });
}
