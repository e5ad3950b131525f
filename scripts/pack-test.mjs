// What npm pack makes must work elsewhere: packs, installs the tarball in an empty folder and uses it there as a newcomer would.
//   node scripts/pack-test.mjs            without an engine
//   node scripts/pack-test.mjs --engine   also runs a test of the edited suite on the real engine
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./setup/run-tool.mjs";

const engine = process.argv.includes("--engine");
const folder = mkdtempSync(join(tmpdir(), "hachaos-pack-"));
try {
  const [packed] = /** @type {[{ filename: string, files: { path: string }[] }]} */ (
    parsed(output(ROOT, "npm", "pack", "--json", "--silent", "--pack-destination", folder))
  );
  const stray = packed.files.map(({ path }) => path).filter((path) => path.includes("node_modules"));
  check("the package holds nothing of a run's", stray.join(" "), /^$/);
  check("the keeper of a lab is in it", packed.files.map(({ path }) => path).join("\n"), /^dist\/harness\/keeper\/bundle\.mjs$/m);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "elsewhere", private: true, type: "module" }));
  output(folder, "npm", "install", "--no-audit", "--no-fund", `./${packed.filename}`);

  check("init makes a suite", output(folder, "npx", "hachaos", "init", "mine"), /mine\/cluster\.yaml/);
  // Another cluster: these two files are all that its administrator edits.
  for (const file of ["cluster.yaml", "pacemaker.crm"]) edit(join(folder, "mine", file));
  const plan = output(folder, "npx", "hachaos", "run", "mine", "--dry-run");
  check("the plan has the standard scenarios", plan, /baseline[^]*link-down[^]*apache-kill[^]*gateway-blackhole[^]*node-power-off/);
  check("faults are listed", output(folder, "npx", "hachaos", "faults"), /^gateway-blackhole/m);
  const { version } = /** @type {{ version: string }} */ (parsed(readFileSync(join(ROOT, "package.json"), "utf8")));
  check(
    "the version is the package's",
    output(folder, "npx", "hachaos", "--version"),
    new RegExp(`^${version.replaceAll(".", "\\.")}$`, "m"),
  );
  const probe = 'import("hachaos").then((suite) => console.log("exports", Object.keys(suite).length > 0))';
  check("a suite file can import hachaos", output(folder, process.execPath, "-e", probe), /exports true/);

  if (engine) {
    // Any exit code but 0 throws.
    const summary = output(folder, "npx", "hachaos", "run", "mine", "--filter", "apache-kill");
    check("the edited suite passes on the real engine", summary, /passed +mine › apache-kill .*alpha -> beta/);
    const report = join(folder, "reports", "latest", "index.html");
    check("the report is in that folder", existsSync(report) ? readFileSync(report, "utf8") : "", /172\.31\.9\.60/);
    check("the suite's folder holds its own files only", existsSync(join(folder, "mine", "node_modules")) ? "node_modules" : "", /^$/);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} file */
function edit(file) {
  const text = readFileSync(file, "utf8");
  const names = text.replaceAll("vm-node1", "alpha").replaceAll("vm-node2", "beta");
  writeFileSync(file, names.replaceAll("192.168.1.", "172.31.9.").replaceAll("10.20.13.", "10.99.7."));
}

/**
 * @param {string} json
 * @returns {unknown}
 */
function parsed(json) {
  return JSON.parse(json);
}

/**
 * @param {string} cwd
 * @param {string} command
 * @param {...string} args
 */
function output(cwd, command, ...args) {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/**
 * @param {string} what
 * @param {string} text
 * @param {RegExp} expected
 */
function check(what, text, expected) {
  if (!expected.test(text)) throw new Error(`${what}: expected ${expected} in:\n${text}`);
  process.stdout.write(`ok: ${what}\n`);
}
