import { join } from "node:path";
import type { PhaseResult } from "../../check/results.js";
import { gapLength } from "../gap-length.js";
import type { ReportModel, TestModel } from "../model.js";
import type { ReportFormat } from "../registry.js";
import { ATTENTION, duration, gapText, limit, plural, VERDICT_WORDS } from "../words.js";
import { htmlFormat } from "./html.js";

/** The summary of a CI job, in GitHub's Markdown. */
export const markdownFormat: ReportFormat = {
  name: "markdown",
  file: "summary.md",
  render: (model) => markdownWithin(model, STEP_SUMMARY_BYTES),
};

/** GitHub drops a step's whole summary when it is larger than 1 MiB; a little is left for what other commands of the step write. */
export const STEP_SUMMARY_BYTES = 1024 * 1024 - 16 * 1024;
/** The phases of a row in short: the longest ones say where the time went. */
const PHASES = 3;
/** Shorter ones would read as 0.0 s. */
const LEAST_PHASE_MS = 50;

/** As much of the summary as fits into `bytes`: rows of the table are dropped from its end, which is the least urgent, and it says so. */
export function markdownWithin(model: ReportModel, bytes: number): string {
  const tests = [...model.tests].sort(byAttention);
  const rows = tests.map(row);
  let room = bytes - size(document(model, [], tests.length));
  const kept = rows.findIndex((line) => (room -= size(`${line}\n`)) < 0);
  return document(model, kept < 0 ? rows : rows.slice(0, kept), kept < 0 ? 0 : rows.length - kept);
}

function document(model: ReportModel, rows: readonly string[], dropped: number): string {
  const { verdict, run } = model.results;
  const { symbol, word, exit, meaning } = VERDICT_WORDS[verdict];
  const counts = ATTENTION.filter((each) => model.counts[each] > 0).map((each) => `${model.counts[each]} ${VERDICT_WORDS[each].word}`);
  const took = model.durationMs === null ? "" : ` in ${duration(model.durationMs)}`;
  return [
    `## ${symbol} hachaos: ${word}`,
    `${counts.length > 0 ? counts.join(", ") : "no test ran"}${took}. Exit ${exit}: ${meaning}.`,
    ...errorLines(model),
    [
      "| | Test | Gap | Budget | Where the time went | Failback |",
      "| --- | --- | ---: | ---: | --- | ---: |",
      ...rows,
      ...(dropped > 0
        ? [`| | … and ${plural(dropped, "test")} more, left out because a summary may have 1 MiB at most: see the report | | | | |`]
        : []),
    ].join("\n"),
    ...regressions(model),
    `Run again: ${code(model.rerun)}`,
    `Report: ${code(join(model.runFolder, htmlFormat.file))}, seed ${run.seed}, provider ${text(run.provider)}`,
  ]
    .filter((block) => block !== "")
    .join("\n\n")
    .concat("\n");
}

/** What is slower than the baseline, at most ten rows: the comparison has them all. */
function regressions({ comparison }: ReportModel): string[] {
  if (comparison === null) return [];
  const slower = comparison.rows
    .filter((each) => each.verdict === "slower")
    .sort((a, b) => (b.shiftMs ?? Infinity) - (a.shiftMs ?? Infinity));
  const heading = `Against ${code(comparison.baseline.id)}: ${slower.length === 0 ? "nothing is slower" : `${plural(slower.length, "row")} slower`}.`;
  const lines = slower.slice(0, 10).map(({ suite, test, what, phase, shiftMs }) => {
    const shift = shiftMs === null ? "no longer comes back" : `+${(shiftMs / 1000).toFixed(2)} s`;
    return `- ${text(suite)} › ${text(test)}, ${text(phase ?? what)}: ${shift}`;
  });
  return lines.length === 0 ? [heading] : [heading, lines.join("\n")];
}

/** At most ten: what broke a whole lab, or which shards are missing. */
function errorLines({ results }: ReportModel): string[] {
  const shown = results.errors
    .slice(0, 10)
    .map(({ suite, code: name, message }) => `- **${text(suite)}** ${text(name)}: ${text(message).slice(0, 500)}`);
  const more = results.errors.length - shown.length;
  return shown.length === 0 ? [] : [[...shown, ...(more > 0 ? [`- … and ${plural(more, "error")} more`] : [])].join("\n")];
}

function byAttention(a: TestModel, b: TestModel): number {
  const longest = (test: TestModel) => (test.shown === null ? 0 : gapLength(test.shown));
  const [left, right] = [longest(a), longest(b)];
  return ATTENTION.indexOf(a.verdict) - ATTENTION.indexOf(b.verdict) || (left === right ? 0 : right - left) || (a.name < b.name ? -1 : 1);
}

function row(test: TestModel): string {
  const { symbol, word } = VERDICT_WORDS[test.verdict];
  const trial = test.shown;
  const trials = test.trials.length > 1 ? ` (${test.trials.length} trials, worst shown)` : "";
  const cells = [`${symbol} ${word}`, `${text(test.suite)} › ${text(test.name)}${trials}`];
  if (trial === null) return line([...cells, "never started", "", "", ""]);
  const failback = trial.failback === null ? "" : `${gapText(trial.failback.gap)} of ${limit(trial.failback.budgetMs)}`;
  return line([...cells, gapText(trial.gap), limit(trial.budgetMs), gapLength(trial) > 0 ? phasesText(trial.phases) : "", failback]);
}

/** `detection 3.4 s, service start 1.1 s, stop 0.8 s`: the longest first. */
function phasesText(phases: readonly PhaseResult[]): string {
  return phases
    .flatMap(({ name, startMs, endMs }) => (startMs === null || endMs === null || name === "settle" ? [] : [{ name, ms: endMs - startMs }]))
    .filter(({ ms }) => ms >= LEAST_PHASE_MS)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, PHASES)
    .map(({ name, ms }) => `${text(name)} ${(ms / 1000).toFixed(1)} s`)
    .join(", ");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Text of somebody else: it must make no markup, link or new cell. CommonMark 2.4: any punctuation may be escaped; GFM 6.9: what makes a link. */
function text(from: string): string {
  return printable(from)
    .replace(/[\\`*_{}[\]<>#|~$:&@]|(?<=www)\./gi, "\\$&")
    .slice(0, 1000);
}

/** A code span with a fence longer than any run of backticks in it (CommonMark 6.1). */
function code(from: string): string {
  const inner = printable(from);
  const fence = "`".repeat(1 + Math.max(0, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length)));
  return `${fence} ${inner} ${fence}`;
}

function printable(from: string): string {
  return from.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, "\u{FFFD}");
}

function size(written: string): number {
  return Buffer.byteLength(written);
}
