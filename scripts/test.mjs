// npm test: unit, browser and lab tests, virtual machines, the package elsewhere, then all suites on the real engine through the real command line.
// Its last line is "N passed, N failed". A machine where one lab takes all that two cores have needs twice as long: there the longest parts and what needs
// several labs at once are left out, which the end says, and `npm test -- --all` has them.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { browser } from "./setup/test-tools.mjs";
import { exitCode, ROOT } from "./setup/run-tool.mjs";
import { countCommand, countSuites, countVitest, failuresOf, latestRunId, total } from "./test/count.mjs";

const REPORTS = join(ROOT, "reports");
const CLI = join(ROOT, "dist/harness/cli/main.js");

const { recommendedCells, thisMachine } = await built();
const { cells, why } = recommendedCells(thisMachine());
const all = cells > 1 || process.argv.includes("--all");
const labs = all ? 2 : 1;

/** Each is one run. The short ones share one, so that one lab is built while another is at work where there is room for that. */
const RUNS = [
  ["suites/failover"],
  ["suites/article"],
  ...(all ? [["suites/mutants"]] : []),
  ["suites/limits", "suites/fencing", "suites/encrypted"],
  // How many cells a machine is good for was measured with labs of two nodes (docs/cells.md): two of three on two cores are too many.
  ["suites/three-nodes", "--cells", "1"],
];

mkdirSync(join(REPORTS, "tests"), { recursive: true });
const counts = [];
for (const project of ["unit", "browser"]) counts.push(await vitest(project));
counts.push(await vitest("lab"));
if (all) counts.push(await vitest("alone"));
// On two cores without KVM the other file of this project takes as long again: npm run test:virtual has both.
counts.push(await vitest("virtual", ["harness/portability/virtual-nodes"]));
counts.push(countCommand("package", await run(["scripts/pack-test.mjs", "--engine"], "package")));
for (const suites of RUNS) counts.push(await hachaosRun(suites));

const { passed, failed } = total(counts);
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(["", ...failuresOf(counts), ""].join("\n"));
if (!all)
  process.stdout.write(
    `left out (${why}): tests with several labs at once, the tests "alone", and suites/mutants; npm test -- --all has them\n`,
  );
process.stdout.write(`${passed} passed, ${failed} failed\n`);

/** The setup makes it: neither linter nor compiler can look into it before. */
async function built() {
  const url = pathToFileURL(join(ROOT, "dist/harness/lab/doctor/recommended-cells.js")).href;
  /** @type {unknown} */
  const module = await import(url);
  return /** @type {typeof import("../harness/lab/doctor/recommended-cells.js")} */ (module);
}

/**
 * @param {string} project
 * @param {string[]} args
 */
async function vitest(project, args = []) {
  const file = join(REPORTS, "tests", `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await run(["node_modules/vitest/vitest.mjs", "run", ...args, "--project", project, ...reporters], project);
  return countVitest(project, file, code);
}

/** @param {string[]} suites */
async function hachaosRun(suites) {
  const before = latestRunId(REPORTS);
  const title = suites.join(" ");
  return countSuites(title, REPORTS, before, await run([CLI, "run", ...suites, "--report-dir", REPORTS], title));
}

/**
 * @param {string[]} args
 * @param {string} title
 * @returns {Promise<number>}
 */
function run(args, title) {
  process.stdout.write(`\n=== ${title}\n`);
  const env = { ...process.env, CHROMIUM: browser() ?? undefined, HACHAOS_LABS: String(labs) };
  return exitCode(spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "inherit", "inherit"] }));
}
