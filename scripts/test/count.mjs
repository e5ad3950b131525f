import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ what: string, passed: number, failed: number }} Count */

/**
 * Counts a vitest JSON report. A run that failed without a failing test (a file that does not load) is one failure.
 * @param {string} what
 * @param {string} file
 * @param {number} exitCode
 * @returns {Count}
 */
export function countVitest(what, file, exitCode) {
  const report = /** @type {{ numPassedTests: number, numFailedTests: number } | null} */ (readJson(file));
  // The next run must not count this one again, should it write none.
  rmSync(file, { force: true });
  return atLeastOneFailure({ what, passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 }, exitCode);
}

/**
 * Counts a program that checks something as a whole: one test.
 * @param {string} what
 * @param {number} exitCode
 * @returns {Count}
 */
export function countCommand(what, exitCode) {
  return exitCode === 0 ? { what, passed: 1, failed: 0 } : { what, passed: 0, failed: 1 };
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
  const passed = tests.filter(({ verdict }) => verdict === "pass").length;
  // A run without a single test has shown nothing.
  return atLeastOneFailure({ what, passed, failed: tests.length - passed }, tests.length === 0 ? 1 : exitCode);
}

/**
 * @param {string} reportsFolder
 * @returns {string | null}
 */
export function latestRunId(reportsFolder) {
  return latestResults(reportsFolder)?.run.id ?? null;
}

/**
 * @param {readonly Count[]} counts
 * @returns {{ passed: number, failed: number }}
 */
export function total(counts) {
  return { passed: counts.reduce((sum, { passed }) => sum + passed, 0), failed: counts.reduce((sum, { failed }) => sum + failed, 0) };
}

/**
 * @param {Count} count
 * @param {number} exitCode
 * @returns {Count}
 */
function atLeastOneFailure(count, exitCode) {
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * @param {string} reportsFolder
 * @returns {{ run: { id: string }, tests: { verdict: string }[] } | null}
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
