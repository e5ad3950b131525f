import type { Comparison, ComparisonRow } from "../../check/comparison.js";
import type { SampleStatistics } from "../../timing/statistics.js";
import { milliseconds } from "./milliseconds.js";
import { table } from "./table.js";

/** A comparison for people: what else changed, a row for each gap and phase, and how many rows say what. */
export function comparisonLines(comparison: Comparison): string[] {
  const { baseline, current, changed, rows } = comparison;
  const runs = baseline.runs === undefined ? baseline.id : baseline.runs.join(" + ");
  return [
    `baseline  ${runs}`,
    `run       ${current.id}`,
    "",
    ...(changed.length === 0
      ? ["nothing else that is recorded differs between the two"]
      : ["besides the times, the two differ, so a shift may have these causes:", ...changed.flatMap(changedLines)]),
    "",
    ...(rows.length === 0 ? ["the two have no test in common"] : table([HEAD, ...rows.map(cells)])),
    "",
    ...leftOutLines("baseline", comparison.leftOut.baseline),
    ...leftOutLines("run", comparison.leftOut.current),
    ...onlyInLine("baseline", comparison.onlyIn.baseline),
    ...onlyInLine("run", comparison.onlyIn.current),
    sentence(rows),
  ];
}

const HEAD = ["", "test", "what", "shift", "95 % interval", "p", "noise", "baseline", "run"];

function changedLines({ what, from, to }: Comparison["changed"][number]): string[] {
  return [`  ${oneLine(what)}`, `    from  ${oneLine(from)}`, `    to    ${oneLine(to)}`];
}

function cells(row: ComparisonRow): string[] {
  const { verdict, test, what, phase, shiftMs, lowMs, highMs, adjustedP, noiseFloorMs, baseline, current } = row;
  const interval = adjustedP === null ? "" : `${lowMs === null ? "open" : signed(lowMs)} to ${highMs === null ? "open" : signed(highMs)}`;
  return [
    verdict,
    oneLine(test),
    phase ?? what,
    shiftMs === null ? (adjustedP === null ? "" : "no end") : signed(shiftMs),
    interval,
    adjustedP === null ? "" : adjustedP.toPrecision(2),
    milliseconds(noiseFloorMs),
    medianText(baseline),
    medianText(current),
  ];
}

function medianText({ count, censored, median }: SampleStatistics): string {
  if (median === null) return "no trial";
  const never = censored > 0 ? `, ${String(censored)} never back` : "";
  return `${median.ms === null ? "never back" : milliseconds(median.ms)} (${String(count)}${never})`;
}

/** With its sign, which is what a shift is about. */
function signed(ms: number): string {
  return `${ms < 0 ? "-" : "+"}${milliseconds(Math.abs(ms))}`;
}

function leftOutLines(side: string, left: Comparison["leftOut"]["current"]): string[] {
  return left.map(({ test, trial, verdict, reason }) =>
    oneLine(`no sample, ${side}: ${test} trial ${String(trial)}, ${verdict}: ${reason}`),
  );
}

function onlyInLine(side: string, tests: readonly string[]): string[] {
  return tests.length === 0 ? [] : [`only in the ${side}: ${oneLine(tests.join(", "))}`];
}

/** One sentence for the end: the worst word first. */
export function sentence(rows: readonly ComparisonRow[]): string {
  const words = ["slower", "faster", "no difference seen", "within noise", "too few runs"] as const;
  const counts = words.map((word) => [rows.filter((row) => row.verdict === word).length, word] as const).filter(([count]) => count > 0);
  return counts.length === 0 ? "nothing was compared" : counts.map(([count, word]) => `${String(count)} ${word}`).join(", ");
}

/** Names come from files of others: control characters must not reach the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, "\u{FFFD}");
}
