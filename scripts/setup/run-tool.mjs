import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Fix } from "./steps.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs a program in the repository with its output shown on stderr. Throws a Fix with the hint when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} hint
 */
export async function runTool(command, args, hint) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", process.stderr, process.stderr] });
  const code = await exitCode(child);
  if (code !== 0) throw new Fix(`${[command, ...args].join(" ")} failed (${code})`, hint);
}

/**
 * How a child process ended; 1 for a signal or a program that is not there.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
export function exitCode(child) {
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/**
 * The path of a program, or null.
 * @param {string} name
 * @returns {string | null}
 */
export function which(name) {
  // Daemons live in sbin, which is not on every user's PATH.
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/local/sbin", "/usr/sbin", "/sbin"];
  return folders.map((folder) => join(folder, name)).find(executable) ?? null;
}

/**
 * Installs Debian packages; only root can.
 * @param {readonly string[]} packages
 * @param {string} hint
 */
export async function aptInstall(packages, hint) {
  if (which("apt-get") === null) throw new Fix("this machine has no apt-get", hint);
  await runTool("apt-get", ["update"], `${hint}; apt-get update must work: check the network and /etc/apt`);
  await runTool("apt-get", ["install", "-y", "--no-install-recommends", ...packages], hint);
}

export function isRoot() {
  return process.getuid?.() === 0;
}

/** @param {string} path */
function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
