import { join } from "node:path";
import type { ReportModel, TestModel } from "../model.js";
import type { ReportFormat } from "../registry.js";
import { ATTENTION, duration, gapText, limit, VERDICT_WORDS } from "../words.js";
import { htmlFormat } from "./html.js";

/** Plain text for the end of a run on the terminal: a table, each failure, and where the report is. */
export const summaryFormat: ReportFormat = { name: "summary", file: "summary.txt", render: summary };

function summary(model: ReportModel): string {
  const blocks = [table(model.tests), ...model.failures.map(failureBlock), total(model)];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function table(tests: readonly TestModel[]): string {
  if (tests.length === 0) return "";
  const rows = [["", "test", "gap", "budget", "served by", "failback"], ...tests.map(row)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? [];
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => (RIGHT.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Columns of numbers. */
const RIGHT = new Set([2, 3]);

function row(test: TestModel): string[] {
  const { word, symbol } = VERDICT_WORDS[test.verdict];
  const trial = test.shown;
  const name = `${test.suite} › ${test.name}${test.trials.length > 1 ? ` (${test.trials.length} trials, worst shown)` : ""}`;
  if (trial === null) return [`${symbol} ${word}`, oneLine(name), "", "", "never started", ""];
  const before = trial.servedBefore ?? "nobody";
  const after = trial.servedAfter ?? "nobody";
  const back = trial.failback ? `${gapText(trial.failback.gap)} of ${limit(trial.failback.budgetMs)}` : "";
  return [
    `${symbol} ${word}`,
    oneLine(name),
    gapText(trial.gap),
    limit(trial.budgetMs),
    oneLine(before === after ? before : `${before} -> ${after}`),
    back,
  ];
}

function failureBlock(failure: ReportModel["failures"][number]): string {
  const lines = [
    `${VERDICT_WORDS[failure.verdict].symbol} ${failure.where}`,
    ...failure.findings.map((finding) => `  ${finding.what}: ${finding.text}`),
    ...(failure.numbers ? [`  ${failure.numbers}`] : []),
    ...(failure.evidence ? [`  evidence  ${failure.evidence}`] : []),
    `  hint      ${failure.hint}`,
  ];
  return lines.map(oneLine).join("\n");
}

function total(model: ReportModel): string {
  const counts = ATTENTION.toReversed()
    .filter((verdict) => model.counts[verdict] > 0)
    .map((verdict) => `${model.counts[verdict]} ${VERDICT_WORDS[verdict].word}`);
  const worst = model.worst ? `; longest gap ${gapText(model.worst.trial.gap)} (${oneLine(model.worst.test.name)})` : "";
  const took = model.durationMs === null ? "" : ` in ${duration(model.durationMs)}`;
  const { exit, meaning } = VERDICT_WORDS[model.results.verdict];
  return [
    `${counts.length > 0 ? counts.join(", ") : "no test ran"}${took}${worst}`,
    `exit ${exit}: ${meaning}`,
    `again   ${oneLine(model.rerun)}`,
    `report  ${join(model.runFolder, htmlFormat.file)}`,
  ].join("\n");
}

/** Text from nodes must not move the terminal's cursor: control characters become visible. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, "\u{FFFD}");
}
