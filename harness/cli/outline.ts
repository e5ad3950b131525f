import { Argument, Option, type Command } from "commander";
import type { CommandTree } from "./completion/tree.js";
import { bareProgram } from "./program.js";
import type { Terminal } from "./terminal/terminal.js";

/** The program with its commands' names and descriptions only, for help and for mistakes: none of them has to be loaded. */
export function outline({ commands }: CommandTree, terminal: Terminal): Command {
  const program = bareProgram(terminal);
  for (const { name, description, options, arguments: all } of commands) {
    const command = program.command(name).description(description);
    for (const { names } of options.filter(({ names: [first] }) => first !== HELP)) command.addOption(new Option(names.join(", ")));
    for (const argument of all) command.addArgument(new Argument(usage(argument)));
  }
  return program;
}

/** The tree lists it with every command; commander adds it by itself. */
const HELP = "--help";

function usage({ name, required, variadic }: CommandTree["arguments"][number]): string {
  const inside = `${name}${variadic ? "..." : ""}`;
  return required ? `<${inside}>` : `[${inside}]`;
}
