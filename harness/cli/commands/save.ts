import type { Command } from "commander";
import { readHistory } from "../../history/read-history.js";
import { findRun } from "../../history/run-store.js";
import { savedLines, saveSuite } from "../../live/save-suite.js";
import type { CliContext } from "../cli-context.js";

export function addSave(program: Command, { terminal }: CliContext): void {
  program
    .command("save")
    .description("make a suite of what was done by hand in a session of console, watch or play")
    .argument("<folder>", "a new folder for the suite")
    .argument("[run]", "the session's run; the newest unless told")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .action((folder: string, run: string | undefined, { reportDir }: { reportDir: string }) => {
      const saved = saveSuite(readHistory(findRun(reportDir, run).history), folder);
      terminal.result(saved.file);
      for (const line of savedLines(saved, folder)) terminal.progress(line);
    });
}
