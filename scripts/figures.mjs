// node scripts/figures.mjs <run folder>...: the table of docs/vm.md, made of stored runs: for each test the dark time and its phases (medians), a
// column for each provider and release.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("../harness/check/results.js").Results} Results */

/** Shorter than that is no part of the picture. */
const WORTH_TELLING_MS = 50;

const columns = process.argv.slice(2).flatMap((folder) => {
  const { run, tests } = resultsIn(folder);
  const releases = [...new Set(tests.map(({ release }) => release))];
  return releases.map((release) => ({ title: `${run.provider}, ${release}`, tests: tests.filter((test) => test.release === release) }));
});
const names = [...new Set(columns.flatMap(({ tests }) => tests.map(({ name }) => name)))].filter((name) => name !== "baseline");
const rows = [["test", ...columns.map(({ title }) => title)], columns.map(() => "---").concat("---"), ...names.map(row)];
process.stdout.write(rows.map((cells) => `| ${cells.join(" | ")} |\n`).join(""));

/**
 * @param {string} folder
 * @returns {Results}
 */
function resultsIn(folder) {
  /** @type {unknown} */
  const parsed = JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));
  return /** @type {Results} */ (parsed);
}

/** @param {string} name */
function row(name) {
  return [`\`${name}\``, ...columns.map(({ tests }) => cell(tests.find((test) => test.name === name)))];
}

/** @param {Results["tests"][number] | undefined} test */
function cell(test) {
  if (test?.statistics === undefined) return "";
  const { gap, phases } = test.statistics;
  const dark = gap.median?.ms ?? 0;
  if (dark === 0) return "no gap";
  const told = Object.entries(phases).flatMap(([phase, { median }]) => {
    const ms = median?.ms ?? 0;
    return phase.startsWith("failback") || phase === "settle" || ms < WORTH_TELLING_MS ? [] : [`${phase} ${seconds(ms)}`];
  });
  return `**${seconds(dark)} s**${test.verdict === "pass" ? "" : ` (${test.verdict})`}: ${told.join(", ")}`;
}

/** @param {number} ms */
function seconds(ms) {
  return (ms / 1000).toFixed(1);
}
