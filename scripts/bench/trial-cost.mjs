// npm run bench:trial [-- repetitions]: what one power-off trial costs, in core-seconds by who used them and in which part of
// the trial; and what lies between a failback's end and the next trial. Counted from /proc, by the marks in the run's own history. For a quiet machine.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Dockerode from "dockerode";
import { exitCode, ROOT } from "../setup/run-tool.mjs";
import { cpuLedger } from "./cpu-ledger.mjs";
import { accountsIn } from "./lab-accounts.mjs";
import { costLines, costOf } from "./cost-of-trials.mjs";
import { read, readProcesses } from "./read-processes.mjs";

/** Often enough that little of what a killed node had used goes unseen, seldom enough to cost 2 % of a core. */
const LOOK_EVERY_MS = 200;
const CLI = join(ROOT, "dist/harness/cli/main.js");

const repetitions = process.argv[2] ?? "4";
const folder = mkdtempSync(join(tmpdir(), "hachaos-bench-"));
const docker = new Dockerode();
/** Host by container id. @type {Map<string, string>} */
const hosts = new Map();
const args = ["run", "suites/failover", "--filter", "node-power-off", "--repeat", repetitions, "--report-dir", folder];
const child = spawn(process.execPath, [CLI, ...args], { cwd: ROOT, stdio: ["ignore", process.stderr, process.stderr] });
const ledger = cpuLedger(accountsIn({ hosts: () => hosts, root: child.pid ?? 0 }));

/** @type {import("./cost-of-trials.mjs").Sample[]} */
const samples = [];
const timer = setInterval(() => {
  ledger.look(readProcesses());
  samples.push({ us: Number(process.hrtime.bigint() / 1000n), ms: { ...ledger.totals(), "the whole machine": machineMs() } });
  if (samples.length % 5 === 0 && hosts.size < 5) void findHosts();
}, LOOK_EVERY_MS);
const code = await exitCode(child);
clearInterval(timer);
const history = readFileSync(historyFile(), "utf8");
rmSync(folder, { recursive: true });
for (const line of costLines(costOf(history, samples))) process.stdout.write(`${line}\n`);
// A promise that a busy machine broke changes nothing of what the trials cost.
process.exitCode = [0, 1].includes(code) ? 0 : code;

function historyFile() {
  const runs = join(folder, "runs");
  return join(runs, readdirSync(runs)[0] ?? "", "history.ndjson");
}

/** The run's containers, as soon as its history names the lab. */
async function findHosts() {
  try {
    const lab = /"lab":"([^"]+)"/.exec(readFileSync(historyFile(), "utf8"))?.[1];
    if (lab === undefined) return;
    const found = await docker.listContainers({ filters: { label: [`hachaos.lab=${lab}`] } });
    for (const { Id, Labels } of found) hosts.set(Id, Labels["hachaos.host"] ?? "");
    ledger.askAgain();
  } catch {
    // There is no history yet.
  }
}

/** Everything that any core did, proc_stat(5): user, nice, system, irq, softirq. */
function machineMs() {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (read("/proc/stat").split("\n")[0] ?? "").split(/\s+/).map(Number);
  return (user + nice + system + irq + softirq) * 10;
}
