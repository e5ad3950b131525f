import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { packageRoot } from "../kernel/package-root.js";
import type { CliContext } from "./cli-context.js";
import type { Terminal } from "./terminal/terminal.js";

/** One line per command, in the order of the help. Loaded when needed: all of them take 0.8 s, one of them a fraction. */
const COMMANDS: Record<string, () => Promise<(program: Command, context: CliContext) => void>> = {
  run: async () => (await import("./commands/run.js")).addRun,
  up: async () => (await import("./commands/up.js")).addUp,
  status: async () => (await import("./commands/status.js")).addStatus,
  inject: async () => (await import("./commands/inject.js")).addInject,
  heal: async () => (await import("./commands/heal.js")).addHeal,
  shell: async () => (await import("./commands/shell.js")).addShell,
  logs: async () => (await import("./commands/logs.js")).addLogs,
  watch: async () => (await import("./commands/watch.js")).addWatch,
  play: async () => (await import("./commands/play.js")).addPlay,
  console: async () => (await import("./commands/console.js")).addConsole,
  save: async () => (await import("./commands/save.js")).addSave,
  down: async () => (await import("./commands/down.js")).addDown,
  faults: async () => (await import("./commands/faults.js")).addFaults,
  doctor: async () => (await import("./commands/doctor.js")).addDoctor,
  image: async () => (await import("./commands/image.js")).addImage,
  init: async () => (await import("./commands/init.js")).addInit,
  report: async () => (await import("./commands/report.js")).addReport,
  judge: async () => (await import("./commands/judge.js")).addJudge,
  compare: async () => (await import("./commands/compare.js")).addCompare,
  trend: async () => (await import("./commands/trend.js")).addTrend,
  completion: async () => (await import("./commands/completion.js")).addCompletion,
};

/** The command line, nothing of which runs until it is given arguments: the command that is asked for, or all of them. */
export async function createProgram(context: CliContext): Promise<Command> {
  const program = bareProgram(context.terminal);
  const wanted = Object.entries(COMMANDS).filter(([name]) => name === context.args[0]);
  for (const [, load] of wanted.length > 0 ? wanted : Object.entries(COMMANDS)) (await load())(program, context);
  return program;
}

/** Whether one of the words is a command, or asks for the help of one. */
export function namesCommand(words: readonly string[]): boolean {
  return words.some((word) => word in COMMANDS || word === "help");
}

/** The command line without its commands. */
export function bareProgram(terminal: Terminal): Command {
  return new Command("hachaos")
    .description(
      "Chaos lab for Linux high-availability clusters: breaks one thing at a time and judges whether the service failed over in time.",
    )
    .version(hachaosVersion())
    .showHelpAfterError("(hachaos --help lists the commands)")
    .exitOverride()
    .configureOutput({ writeOut: terminal.write, writeErr: terminal.writeProgress, getOutHasColors: () => terminal.colour })
    .addHelpText(
      "after",
      `\nExit codes: 0 pass, 1 a promise or budget was violated, 2 usage or bad definition, 3 no lab, 4 not proven, 5 slower than the baseline (only with --fail-on regression), 130 interrupted.`,
    );
}

export function hachaosVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version: string };
  return version;
}
