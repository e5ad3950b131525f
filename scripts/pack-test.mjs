// What npm pack makes must work elsewhere: packs, installs the tarball in an empty folder and uses it there.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./setup/run-tool.mjs";

const folder = mkdtempSync(join(tmpdir(), "hachaos-pack-"));
try {
  const [packed] = /** @type {[{ filename: string }]} */ (
    parsed(output(ROOT, "npm", "pack", "--json", "--silent", "--pack-destination", folder))
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "elsewhere", private: true, type: "module" }));
  output(folder, "npm", "install", "--no-audit", "--no-fund", `./${packed.filename}`);

  check("init makes a suite", output(folder, "npx", "hachaos", "init", "mine"), /mine\/cluster\.yaml/);
  check("without suite files", existsSync(join(folder, "mine", "cluster.yaml")) ? "cluster.yaml" : "", /cluster/);
  check("the plan has the standard scenarios", output(folder, "npx", "hachaos", "run", "mine", "--dry-run"), /apache-kill/);
  check("faults are listed", output(folder, "npx", "hachaos", "faults"), /^gateway-blackhole/m);
  const { version } = /** @type {{ version: string }} */ (parsed(readFileSync(join(ROOT, "package.json"), "utf8")));
  check(
    "the version is the package's",
    output(folder, "npx", "hachaos", "--version"),
    new RegExp(`^${version.replaceAll(".", "\\.")}$`, "m"),
  );
  const probe = 'import("hachaos").then((suite) => console.log("exports", Object.keys(suite).length > 0))';
  check("a suite file can import hachaos", output(folder, process.execPath, "-e", probe), /exports true/);
} finally {
  rmSync(folder, { recursive: true, force: true });
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
