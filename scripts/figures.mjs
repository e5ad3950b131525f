// node scripts/figures.mjs <run folder>...: the table of docs/vm.md, made of stored runs: for each test the dark time and its phases (medians), a
// column for each provider and release.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ median: { ms: number } | null }} Summary */
/** @typedef {{ name: string, release: string, verdict: string, statistics: { gap: Summary, phases: Record<string, Summary> } }} Test */
/** @typedef {{ run: { provider: string }, tests: Test[] }} Results */

/** Shorter than that is no part of the picture. */
const WORTH_TELLING_MS = 50;

const columns = process.argv.slice(2).flatMap((folder) => {
  const { run, tests } = /** @type {Results} */ (JSON.parse(readFileSync(join(folder, "results.json"), "utf8")));
  const releases = [...new Set(tests.map(({ release }) => release))];
  return releases.map((release) => ({ title: `${run.provider}, ${release}`, tests: tests.filter((test) => test.release === release) }));
});
const names = [...new Set(columns.flatMap(({ tests }) => tests.map(({ name }) => name)))].filter((name) => name !== "baseline");
const rows = [["test", ...columns.map(({ title }) => title)], columns.map(() => "---").concat("---"), ...names.map(row)];
process.stdout.write(rows.map((cells) => `| ${cells.join(" | ")} |\n`).join(""));

/** @param {string} name */
function row(name) {
  return [`\`${name}\``, ...columns.map(({ tests }) => cell(tests.find((test) => test.name === name)))];
}

/** @param {Test | undefined} test */
function cell(test) {
  if (test === undefined) return "";
  const { gap, phases } = test.statistics;
  const dark = gap.median?.ms ?? 0;
  if (dark === 0) return "no gap";
  const told = Object.entries(phases).flatMap(([phase, { median }]) =>
    phase.startsWith("failback") || phase === "settle" || (median?.ms ?? 0) < WORTH_TELLING_MS ? [] : [`${phase} ${seconds(median?.ms)}`],
  );
  return `**${seconds(dark)} s**${test.verdict === "pass" ? "" : ` (${test.verdict})`}: ${told.join(", ")}`;
}

function seconds(ms = 0) {
  return (ms / 1000).toFixed(1);
}
