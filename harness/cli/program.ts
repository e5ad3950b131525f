import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { packageRoot } from "../kernel/package-root.js";
import type { CliContext } from "./cli-context.js";
import { addCompare } from "./commands/compare.js";
import { addDoctor } from "./commands/doctor.js";
import { addDown } from "./commands/down.js";
import { addFaults } from "./commands/faults.js";
import { addHeal } from "./commands/heal.js";
import { addImage } from "./commands/image.js";
import { addInit } from "./commands/init.js";
import { addInject } from "./commands/inject.js";
import { addJudge } from "./commands/judge.js";
import { addLogs } from "./commands/logs.js";
import { addReport } from "./commands/report.js";
import { addRun } from "./commands/run.js";
import { addShell } from "./commands/shell.js";
import { addStatus } from "./commands/status.js";
import { addTrend } from "./commands/trend.js";
import { addUp } from "./commands/up.js";

/** One line per command, in the order of the help. */
const COMMANDS = [
  addRun,
  addUp,
  addStatus,
  addInject,
  addHeal,
  addShell,
  addLogs,
  addDown,
  addFaults,
  addDoctor,
  addImage,
  addInit,
  addReport,
  addJudge,
  addCompare,
  addTrend,
];

/** The whole command line; nothing runs until it is given arguments. */
export function createProgram(context: CliContext): Command {
  const { terminal } = context;
  const program = new Command("hachaos")
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
  for (const add of COMMANDS) add(program, context);
  return program;
}

export function hachaosVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version: string };
  return version;
}
