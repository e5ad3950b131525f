import type { Command } from "commander";
import { readHistory } from "../../history/read-history.js";
import { findRun } from "../../history/run-store.js";
import { saveSuite } from "../../live/save-suite.js";
import type { CliContext } from "../cli-context.js";

export function addSave(program: Command, { terminal }: CliContext): void {
  program
    .command("save")
    .description("make a suite of what was done by hand in a session of console, watch or play")
    .argument("<folder>", "a new folder for the suite")
    .argument("[run]", "the session's run; the newest unless told")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .action((folder: string, run: string | undefined, { reportDir }: { reportDir: string }) => {
      const { file, tests, leftOut } = saveSuite(readHistory(findRun(reportDir, run).history), folder);
      terminal.result(file);
      for (const trial of leftOut) terminal.progress(`left out: ${trial}: several faults were in force at once`);
      terminal.progress(`${tests.join(", ")}\nhachaos run ${folder} does it again`);
    });
}
