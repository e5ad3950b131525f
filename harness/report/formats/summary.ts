import { join } from "node:path";
import { DIFFERENCES, type Comparison } from "../../check/comparison.js";
import type { ReportModel, TestModel } from "../model.js";
import type { ReportFormat } from "../registry.js";
import { ATTENTION, duration, gapText, limit, plural, seconds, shiftText, VERDICT_WORDS } from "../words.js";
import { htmlFormat } from "./html.js";

/** Plain text for the end of a run on the terminal: verdicts worst first, each failure, what became slower, and where the report is. */
export const summaryFormat: ReportFormat = { name: "summary", file: "summary.txt", render: summary };

/** Rows and failures a terminal still scrolls back to; the rest are counted. */
const MOST_TESTS = 60;
const MOST_FAILURES = 20;

function summary(model: ReportModel): string {
  const { failures } = model;
  const blocks = [
    table(model.ranked.slice(0, MOST_TESTS)),
    more(model.ranked.length - MOST_TESTS, "test"),
    ...failures.slice(0, MOST_FAILURES).map(failureBlock),
    more(failures.length - MOST_FAILURES, "kind of failure", "kinds of failure"),
    phases(model),
    model.comparison ? differences(model.comparison) : "",
    total(model),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function more(count: number, one: string, several = `${one}s`): string {
  return count > 0 ? `and ${count} more ${count === 1 ? one : several} in the report` : "";
}

function table(tests: readonly TestModel[]): string {
  if (tests.length === 0) return "";
  const repeated = tests.some((test) => test.trials.length > 1);
  const columns: Column[] = repeated ? [...FIRST, ...REPEATED, ...LAST] : [...FIRST, ...LAST];
  const rows = [columns.map(({ title }) => title), ...tests.map((test) => columns.map(({ cell }) => oneLine(cell(test))))];
  const widths = columns.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const padded = (cell: string, column: number): string =>
    columns[column]?.right === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return rows.map((cells) => cells.map(padded).join("  ").trimEnd()).join("\n");
}

interface Column {
  title: string;
  cell(test: TestModel): string;
  /** Numbers. */
  right?: true;
}

const FIRST: readonly Column[] = [
  { title: "", cell: ({ verdict }) => `${VERDICT_WORDS[verdict].symbol} ${VERDICT_WORDS[verdict].word}` },
  { title: "test", cell: ({ suite, name }) => `${suite} › ${name}` },
];
/** Only when some test was repeated. The gap of the trial that stands for the test comes after these. */
const REPEATED: readonly Column[] = [
  {
    title: "passed",
    right: true,
    cell: ({ trials }) => `${trials.filter(({ verdict }) => verdict === "pass").length}/${trials.length}`,
  },
  { title: "median", right: true, cell: (test) => medianText(test) },
  {
    title: "p95",
    right: true,
    cell: ({ statistics }) => (!statistics || statistics.gap.p95Ms === null ? "" : seconds(statistics.gap.p95Ms)),
  },
];
const LAST: readonly Column[] = [
  { title: "gap", right: true, cell: ({ shown }) => (shown === null ? "" : gapText(shown.gap)) },
  { title: "budget", right: true, cell: ({ shown }) => (shown === null ? "" : limit(shown.budgetMs)) },
  { title: "served by", cell: (test) => servedBy(test) },
  {
    title: "failback",
    cell: ({ shown }) => (shown?.failback ? `${gapText(shown.failback.gap)} of ${limit(shown.failback.budgetMs)}` : ""),
  },
];

/** `5.48 s (5.31–5.62 s)`: the interval holds the median of all such trials with 95 %. */
function medianText({ trials, statistics }: TestModel): string {
  const median = statistics?.gap.median;
  if (trials.length < 2 || !median) return "";
  if (median.ms === null) return "never came back";
  const interval = gapText({ minMs: median.lowMs ?? 0, maxMs: median.highMs });
  return interval === "none" ? "none" : `${seconds(median.ms)} (${interval})`;
}

function servedBy({ shown }: TestModel): string {
  if (shown === null) return "never started";
  const [before, after] = [shown.servedBefore ?? "nobody", shown.servedAfter ?? "nobody"];
  return before === after ? before : `${before} -> ${after}`;
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

/** Where the longest gap went: `detection 3.43 s, decision 0.02 s, stop not observed`. */
function phases({ worst }: ReportModel): string {
  if (worst === null || worst.trial.phases.length === 0) return "";
  const { test, trial } = worst;
  const parts = trial.phases.flatMap(({ name, startMs, endMs }) => {
    if (startMs === null || endMs === null) return [`${name} not observed`];
    return endMs === startMs ? [] : [`${name} ${seconds(endMs - startMs)}`];
  });
  const where = `${test.name}${test.trials.length > 1 ? `, trial ${trial.trial}` : ""}`;
  return oneLine(`phases of the longest gap (${where}): ${parts.join(", ")}`);
}

function differences({ rows, baseline, changed }: Comparison): string {
  const gaps = rows.filter((row) => row.what !== "phase");
  const counts = DIFFERENCES.flatMap((verdict) => {
    const count = gaps.filter((row) => row.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  const moved = rows
    .filter((row) => row.verdict === "slower" || row.verdict === "faster")
    .sort((a, b) => Math.abs(b.shiftMs ?? Infinity) - Math.abs(a.shiftMs ?? Infinity));
  const lines = [
    `against ${baseline.id}: ${counts.length === 0 ? "no gap could be compared" : counts.join(", ")}`,
    ...moved.slice(0, MOST_FAILURES).map((row) => {
      const interval = row.lowMs === null || row.highMs === null ? "" : ` (${shiftText(row.lowMs)} to ${shiftText(row.highMs)})`;
      const shift = row.shiftMs === null ? row.verdict : `${shiftText(row.shiftMs)}${interval}`;
      return `  ${row.verdict === "slower" ? "▲" : "▼"} ${row.suite} › ${row.test}, ${row.phase ?? row.what}: ${shift}`;
    }),
    ...(changed.length > 0 ? [`  changed since: ${changed.map(({ what }) => what).join(", ")}`] : []),
  ];
  return lines.map(oneLine).join("\n");
}

function total(model: ReportModel): string {
  const counts = ATTENTION.toReversed()
    .filter((verdict) => model.counts[verdict] > 0)
    .map((verdict) => `${model.counts[verdict]} ${VERDICT_WORDS[verdict].word}`);
  const trials = model.tests.reduce((sum, test) => sum + test.trials.length, 0);
  const repeated = trials > model.tests.length ? `, ${plural(trials, "trial")}` : "";
  const worst = model.worst ? `; longest gap ${gapText(model.worst.trial.gap)} (${oneLine(model.worst.test.name)})` : "";
  const took = model.durationMs === null ? "" : ` in ${duration(model.durationMs)}`;
  const { exit, meaning } = VERDICT_WORDS[model.results.verdict];
  return [
    `${counts.length > 0 ? counts.join(", ") : "no test ran"}${repeated}${took}${worst}`,
    `exit ${exit}: ${meaning}`,
    `again   ${oneLine(model.rerun)}`,
    `report  ${join(model.runFolder, htmlFormat.file)}`,
  ].join("\n");
}

/** Text from nodes must not move the terminal's cursor: control characters become visible. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, "\u{FFFD}");
}
