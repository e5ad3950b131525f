// npm run bench: where the time of a cold lab goes, and what probes and observers cost, read from the history of one run with two short tests;
// then what reports of 10,000 trials cost.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { benchLines, measure } from "./bench/measure.mjs";
import { measureReports, reportLines } from "./bench/report.mjs";
import { exitCode, ROOT } from "./setup/run-tool.mjs";

const CLI = join(ROOT, "dist/harness/cli/main.js");
const startedAt = performance.now();
const code = await exitCode(
  spawn(process.execPath, [CLI, "run", "suites/failover", "--filter", "link-down"], {
    cwd: ROOT,
    stdio: ["ignore", process.stderr, process.stderr],
  }),
);
const wallMs = performance.now() - startedAt;

if (code === 0) {
  const history = readFileSync(join(ROOT, "reports/latest/history.ndjson"), "utf8");
  for (const line of benchLines(measure(history), wallMs)) process.stdout.write(`${line}\n`);
} else {
  process.stderr.write("the run did not pass, so its times show nothing\n");
}
for (const line of reportLines(await measureReports())) process.stdout.write(`${line}\n`);
process.exitCode = code;
