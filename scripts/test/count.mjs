import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** @typedef {{ what: string, passed: number, failed: number, failures: string[] }} Count failures: which and why, in lines */
/**
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] }} Assertion
 * @typedef {{ numPassedTests: number, numFailedTests: number, testResults?: { assertionResults: Assertion[] }[] }} VitestReport
 */

/**
 * Counts a vitest JSON report. A run that failed without a failing test (a file that does not load) is one failure.
 * @param {string} what
 * @param {string} file
 * @param {number} exitCode
 * @returns {Count}
 */
export function countVitest(what, file, exitCode) {
  const report = /** @type {VitestReport | null} */ (readJson(file));
  // The next run must not count this one again, should it write none.
  rmSync(file, { force: true });
  const failures = (report?.testResults ?? [])
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) => `${fullName}: ${shortened(failureMessages?.[0] ?? "failed")}`);
  return atLeastOneFailure({ what, passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0, failures }, exitCode);
}

/**
 * Counts a program that checks something as a whole: one test.
 * @param {string} what
 * @param {number} exitCode
 * @returns {Count}
 */
export function countCommand(what, exitCode) {
  return atLeastOneFailure({ what, passed: exitCode === 0 ? 1 : 0, failed: 0, failures: [] }, exitCode);
}

/**
 * Counts the tests of the newest run's results.json, if that run is new.
 * @param {string} what
 * @param {string} reportsFolder
 * @param {string | null} before id of the newest run before
 * @param {number} exitCode
 * @returns {Count}
 */
export function countSuites(what, reportsFolder, before, exitCode) {
  const results = latestResults(reportsFolder);
  const tests = results !== null && results.run.id !== before ? results.tests : [];
  const others = tests.filter(({ verdict }) => verdict !== "pass");
  const failures = others.map(({ suite, name, verdict }) => `${suite} › ${name}: ${verdict}`);
  // A run without a single test has shown nothing.
  const code = tests.length === 0 ? 1 : exitCode;
  return atLeastOneFailure({ what, passed: tests.length - others.length, failed: others.length, failures }, code);
}

/**
 * @param {string} reportsFolder
 * @returns {string | null}
 */
export function latestRunId(reportsFolder) {
  return latestResults(reportsFolder)?.run.id ?? null;
}

/**
 * Everything that failed, and what it said, for whoever sees only the end of a long log.
 * @param {readonly Count[]} counts
 * @returns {string[]}
 */
export function failuresOf(counts) {
  return counts.flatMap(({ what, failures }) => failures.map((failure) => `✗ ${what}: ${failure}`));
}

/**
 * @param {readonly Count[]} counts
 * @returns {{ passed: number, failed: number }}
 */
export function total(counts) {
  return { passed: counts.reduce((sum, { passed }) => sum + passed, 0), failed: counts.reduce((sum, { failed }) => sum + failed, 0) };
}

/** Enough for what a failed hachaos said; a CI log is read on small screens. */
const LINES = 15;

/**
 * A test's message as it is worth repeating, without colours, indented from the second line on: its beginning and its end, because an
 * assertion comes first and what a command said last comes last. The calls that led to it are left out: vitest has shown them.
 * @param {string} message
 * @returns {string}
 */
function shortened(message) {
  const lines = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  const left = lines.length - LINES;
  const shown = left <= 0 ? lines : [...lines.slice(0, 5), `(${left + 1} lines)`, ...lines.slice(6 - LINES)];
  return shown.join("\n    ");
}

/**
 * @param {Count} count
 * @param {number} exitCode
 * @returns {Count}
 */
function atLeastOneFailure(count, exitCode) {
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1, failures: [`ended with exit code ${exitCode}`] } : count;
}

/**
 * @param {string} reportsFolder
 * @returns {{ run: { id: string }, tests: { suite: string, name: string, verdict: string }[] } | null}
 */
function latestResults(reportsFolder) {
  return /** @type {ReturnType<typeof latestResults>} */ (readJson(join(reportsFolder, "latest", "results.json")));
}

/**
 * @param {string} file
 * @returns {unknown}
 */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
