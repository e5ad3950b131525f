import type { Results } from "../check/results.js";

/** The command that makes this run again, with its seed, quoted for a POSIX shell. */
export function rerunCommand(results: Results): string {
  const { argv, seed } = results.run;
  const seeded = argv.some((word) => word === "--seed" || word.startsWith("--seed=")) ? argv : [...argv, "--seed", String(seed)];
  return ["npx", "hachaos", ...seeded].map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
