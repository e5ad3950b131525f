// npm run bench: where the time of a cold lab goes, and what probes and observers cost, read from the history of one run with two short tests;
// what labs side by side do to what is measured; then what reports of 10,000 trials cost. Names of parts run only these: npm run bench -- cells
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchCells } from "./bench/cells.mjs";
import { benchLines, measure } from "./bench/measure.mjs";
import { measureReports, reportLines } from "./bench/report.mjs";
import { exitCode, ROOT } from "./setup/run-tool.mjs";

const CLI = join(ROOT, "dist/harness/cli/main.js");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cells: { type: "string", default: "1,2,4,8,16" },
    trials: { type: "string", default: "16" },
    test: { type: "string", default: "node-power-off" },
    failover: { type: "string", default: "2,4" },
  },
});
/** @type {Record<string, () => Promise<void>>} */
const PARTS = {
  lab: benchLab,
  cells: () =>
    benchCells(
      { cells: numbers(values.cells), trials: Number(values.trials), test: values.test, failover: numbers(values.failover) },
      tell,
    ),
  reports: async () => {
    for (const line of reportLines(await measureReports())) tell(line);
  },
};

for (const name of positionals.length === 0 ? Object.keys(PARTS) : positionals) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`there is no part ${name}: ${Object.keys(PARTS).join(", ")}`);
  await part();
}

async function benchLab() {
  const startedAt = performance.now();
  const code = await exitCode(
    spawn(process.execPath, [CLI, "run", "suites/failover", "--filter", "link-down", "--cells", "1"], {
      cwd: ROOT,
      stdio: ["ignore", process.stderr, process.stderr],
    }),
  );
  const wallMs = performance.now() - startedAt;
  process.exitCode = code;
  if (code === 0) {
    const history = readFileSync(join(ROOT, "reports/latest/history.ndjson"), "utf8");
    for (const line of benchLines(measure(history), wallMs)) tell(line);
  } else {
    process.stderr.write("the run did not pass, so its times show nothing\n");
  }
}

/** @param {string} line */
function tell(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {string} list of numbers, as 1,2,4; may be empty */
function numbers(list) {
  return list.split(",").filter(Boolean).map(Number);
}
