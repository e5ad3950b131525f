import { shellQuoted } from "../../kernel/shell-quoted.js";
import type { Rehearsed } from "../rehearsal.js";

/**
 * What a machine does when the time of a fault is over and nobody has taken it back: the commands of its undo, then it strikes the fault off
 * its own journal; where one of them failed, the journal says so. A POSIX shell runs it.
 */
export function undoScript(
  commands: readonly Rehearsed[],
  { journalFile, scriptFile }: { journalFile: string; scriptFile: string },
): string {
  const note = JSON.stringify({ dirty: "its time was over, and not all of its undo succeeded: journalctl -u 'hachaos-undo-*'" });
  return [
    "failed=",
    ...commands.map((command) => `${lineOf(command)} || ${command.mayFail ? ":" : "failed=yes"}`),
    `if [ -n "$failed" ]; then ${shellQuoted(["printf", "%s\\n", note])} >>${shellQuoted([journalFile])}; exit 1; fi`,
    shellQuoted(["rm", "-f", journalFile, scriptFile]),
    "",
  ].join("\n");
}

function lineOf({ argv, stdin }: Rehearsed): string {
  return stdin === "" ? `${shellQuoted(argv)} </dev/null` : `${shellQuoted(["printf", "%s", stdin])} | ${shellQuoted(argv)}`;
}
