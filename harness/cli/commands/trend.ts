import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { storedResults } from "../../check/stored-results.js";
import { trendOf, type Trend } from "../../report/trend/trend.js";
import { medianText, shiftText } from "../../report/trend/trend-chart.js";
import { trendPage } from "../../report/trend/trend-page.js";
import { limit } from "../../report/words.js";
import type { CliContext } from "../cli-context.js";
import { table } from "../format/table.js";
import { wholeNumber } from "./arguments.js";

/** A quarter of a year of nights. */
const LAST = 90;

interface Options {
  reportDir: string;
  last: number;
  test?: string;
  json?: true;
}

export function addTrend(program: Command, { terminal }: CliContext): void {
  program
    .command("trend")
    .description("write the history page: every trial of every test over the stored runs, and where their level changed")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .option("--last <runs>", "only the newest so many", wholeNumber, LAST)
    .option("--test <text>", "only tests with this in their name")
    .option("--json", "print the data instead of writing the page")
    .action(({ reportDir, last, test = "", json }: Options) => {
      const { runs, unreadable } = storedResults(reportDir);
      const trend = trendOf(runs.slice(-last), unreadable, test);
      if (json) {
        terminal.result(JSON.stringify(trend, null, 2));
        return;
      }
      const path = join(reportDir, "trend.html");
      mkdirSync(reportDir, { recursive: true });
      // Written aside and renamed, so that nobody ever reads half a page.
      writeFileSync(`${path}.part`, trendPage(trend));
      renameSync(`${path}.part`, path);
      for (const line of table(rows(trend))) terminal.result(line);
      for (const { id, why } of unreadable) terminal.progress(`left out ${id}: ${why}`);
      terminal.result(path);
    });
}

/** A line for each test: how many runs, the last median against its budget, and the newest change of level. */
function rows({ tests }: Trend): string[][] {
  return tests.flatMap(({ suite, name, runs, changes }) => {
    const [last, change] = [runs.at(-1), changes.at(-1)];
    if (last === undefined) return [];
    const level = change === undefined ? "" : `${shiftText(change)} since ${change.startedAt.slice(0, 10)}`;
    return [[`${suite} › ${name}`, `${runs.length} runs`, `last median ${medianText(last)} of ${limit(last.budgetMs)}`, level]];
  });
}
