import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runTool } from "./run-tool.mjs";

/** What the build makes last. */
const BUILT = join(ROOT, "dist/harness/keeper/bundle.mjs");
const SOURCES = ["harness", "tsconfig.json", "tsconfig.build.json", "package-lock.json"];

/** @type {import("./steps.mjs").Step} */
export const buildStep = {
  name: "build",
  done: async () => (newest([BUILT]) > newest(SOURCES.map((path) => join(ROOT, path))) ? "up to date" : null),
  run: async () => {
    await runTool("npm", ["run", "--silent", "build"], "correct what the compiler says above");
  },
};

/**
 * When the newest of these files was changed (ms since 1970), folders with all beneath; 0 when none is there.
 * @param {readonly string[]} paths
 * @returns {number}
 */
export function newest(paths) {
  const times = paths.map((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
    return newest(readdirSync(path).map((name) => join(path, name)));
  });
  return Math.max(0, ...times);
}
