import type { Results } from "../check/results.js";
import { shellQuoted } from "./shell-quoted.js";

/** The command that makes this run again, with its seed, quoted for a POSIX shell. */
export function rerunCommand(results: Results): string {
  const { argv, seed } = results.run;
  const seeded = argv.some((word) => word === "--seed" || word.startsWith("--seed=")) ? argv : [...argv, "--seed", String(seed)];
  return shellQuoted(["npx", "hachaos", ...seeded]);
}
