// npm test: unit, browser and lab tests, the package elsewhere, then all suites on the real engine through the real command line.
// Its last line is "N passed, N failed".
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { browser } from "./setup/test-tools.mjs";
import { exitCode, ROOT } from "./setup/run-tool.mjs";
import { countCommand, countSuites, countVitest, failuresOf, latestRunId, total } from "./test/count.mjs";

const REPORTS = join(ROOT, "reports");
const CLI = join(ROOT, "dist/harness/cli/main.js");

mkdirSync(join(REPORTS, "tests"), { recursive: true });
const counts = [];
for (const project of ["unit", "browser", "lab", "ground-truth"]) counts.push(await vitest(project));
counts.push(countCommand("package", await run(["scripts/pack-test.mjs", "--engine"], "package")));
for (const suite of ["suites/failover", "suites/article"]) counts.push(await hachaosRun(suite, [suite], REPORTS));
// Two labs side by side: each spends most of its time waiting for the daemons' own clocks.
counts.push(
  ...(await Promise.all(
    halves(suitesIn("suites/mutants")).map((half, index) => hachaosRun("suites/mutants", half, join(REPORTS, `mutants-${index + 1}`))),
  )),
);

const { passed, failed } = total(counts);
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(["", ...failuresOf(counts), ""].join("\n"));
process.stdout.write(`${passed} passed, ${failed} failed\n`);

/** @param {string} project */
async function vitest(project) {
  const file = join(REPORTS, "tests", `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await run(["node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters], project);
  return countVitest(project, file, code);
}

/**
 * @param {string} title
 * @param {string[]} suites
 * @param {string} reports
 */
async function hachaosRun(title, suites, reports) {
  const before = latestRunId(reports);
  // Plain lines of progress: two runs side by side have one terminal.
  const code = await run([CLI, "run", ...suites, "--report-dir", reports], title, { CI: "1" });
  return countSuites(title, reports, before, code);
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function suitesIn(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .sort();
}

/**
 * @param {string[]} suites
 * @returns {string[][]}
 */
function halves(suites) {
  return [0, 1].map((rest) => suites.filter((_suite, index) => index % 2 === rest));
}

/**
 * @param {string[]} args
 * @param {string} title
 * @param {Record<string, string>} more environment
 * @returns {Promise<number>}
 */
function run(args, title, more = {}) {
  process.stdout.write(`\n=== ${title}\n`);
  const env = { ...process.env, CHROMIUM: browser() ?? undefined, ...more };
  return exitCode(spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "inherit", "inherit"] }));
}
