import { statSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runTool } from "./run-tool.mjs";

/** @type {import("./steps.mjs").Step} */
export const packagesStep = {
  name: "npm packages",
  // npm writes node_modules/.package-lock.json at the end of an installation.
  done: async () => (changedAt("node_modules/.package-lock.json") >= changedAt("package-lock.json") ? "installed" : null),
  run: async () => {
    await runTool(
      "npm",
      ["ci", "--include=dev", "--no-audit", "--no-fund"],
      "npm ci must work here: check the network and npm's registry setting",
    );
  },
};

/** @param {string} path */
function changedAt(path) {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
