import { Fix } from "./steps.mjs";

/** What Debian 13 ships; package.json says the same in "engines". */
const FLOOR = [20, 19];

/** @type {import("./steps.mjs").Step} */
export const nodeVersionStep = {
  name: "Node.js",
  done: async () => (isNewEnough(process.versions.node) ? process.versions.node : null),
  run: async () => {
    throw new Fix(`${process.versions.node} is too old`, `install Node.js ${FLOOR.join(".")} or newer, with npm`);
  },
};

/**
 * @param {string} version
 * @returns {boolean}
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > (FLOOR[0] ?? 0) || (major === FLOOR[0] && minor >= (FLOOR[1] ?? 0));
}
