import { CommanderError } from "commander";
import { EXIT, HachaosError, messageOf } from "../kernel/errors.js";
import { loadTree } from "./completion/load-tree.js";
import { outline } from "./outline.js";
import { createProgram, namesCommand } from "./program.js";
import type { Terminal } from "./terminal/terminal.js";

/** Runs one command line and returns its exit code. Never throws: every error becomes a message, a hint and a code. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.pass;
  try {
    const program = namesCommand(args)
      ? await createProgram({ terminal, args, exit: (code) => (exitCode = code) })
      : outline((await loadTree()).command, terminal);
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): number {
  // Commander has already written its message; 0 = help or version that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
  const { style } = terminal;
  if (error instanceof HachaosError) {
    terminal.progress(`${style("red", `error ${error.code}:`)} ${error.message}`);
    terminal.progress(`${style("cyan", "hint:")} ${error.hint}`);
    return error.exitCode;
  }
  terminal.progress(`${style("red", "internal error:")} ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`);
  return EXIT.lab;
}
