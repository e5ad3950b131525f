import { Option, type Command } from "commander";
import { compareRuns } from "../../check/compare-runs.js";
import { isRegression } from "../../check/comparison.js";
import { readResults } from "../../check/read-results.js";
import { findRun } from "../../history/run-store.js";
import { EXIT, HachaosError } from "../../kernel/errors.js";
import type { CliContext } from "../cli-context.js";
import { comparisonLines } from "../format/comparison-lines.js";

interface Options {
  reportDir: string;
  failOn?: "regression";
  json?: true;
}

export function addCompare(program: Command, { terminal, exit }: CliContext): void {
  program
    .command("compare")
    .description("say whether a run is faster or slower than another one, or than several")
    .argument("<run...>", "ids, beginnings of ids or folders: the last one is compared with those before it")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .addOption(new Option("--fail-on <what>", "exit 5 when something became slower").choices(["regression"]))
    .option("--json", "print the comparison as JSON")
    .action((names: string[], { reportDir, failOn, json }: Options) => {
      const runs = names.map((name) => readResults(findRun(reportDir, name).results));
      const current = runs.pop();
      if (current === undefined || runs.length === 0) {
        throw new HachaosError("usage", "two runs are needed", { hint: "hachaos compare <baseline> <run>" });
      }
      const found = compareRuns(runs, current);
      if (json) terminal.result(JSON.stringify(found, null, 2));
      else for (const line of comparisonLines(found)) terminal.result(line);
      if (failOn === "regression" && isRegression(found)) exit(EXIT.regression);
    });
}
