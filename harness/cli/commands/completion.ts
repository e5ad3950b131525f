import { Argument, type Command } from "commander";
import type { CliContext } from "../cli-context.js";
import { SCRIPTS, type Shell } from "../completion/scripts.js";

export function addCompletion(program: Command, { terminal }: CliContext): void {
  program
    .command("completion")
    .description("print the script that completes hachaos in a shell: source <(hachaos completion bash)")
    .addArgument(new Argument("<shell>", "whose").choices(Object.keys(SCRIPTS)))
    .action((shell: Shell) => terminal.write(SCRIPTS[shell]));
}
