import { withoutShard } from "../history/merge.js";
import type { Results } from "../check/results.js";
import { shellQuoted } from "../kernel/shell-quoted.js";

/** Commands in which people break things themselves: what they did is done again as a suite. */
const BY_HAND = ["watch", "console"];

/** The command that makes this run again, with its seed, quoted for a POSIX shell; of a run merged from different ones, each command. */
export function rerunCommand({ run }: Results): string {
  if (run.parts === undefined && BY_HAND.includes(run.argv[0] ?? "")) {
    return `${shellQuoted(["npx", "hachaos", "save", "by-hand", run.id])} && npx hachaos run by-hand`;
  }
  const commands = (run.parts ?? [run]).map(({ argv, seed }) => commandOf(run.parts === undefined ? argv : withoutShard(argv), seed));
  return [...new Set(commands)].join(" && ");
}

function commandOf(argv: readonly string[], seed: number): string {
  const seeded = argv.some((word) => word === "--seed" || word.startsWith("--seed=")) ? argv : [...argv, "--seed", String(seed)];
  return shellQuoted(["npx", "hachaos", ...seeded]);
}
