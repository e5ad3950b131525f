import { InvalidArgumentError, type Command } from "commander";
import { openConsole } from "../../console/open-console.js";
import { reportInThread } from "../../console/report-in-thread.js";
import { HachaosError } from "../../kernel/errors.js";
import type { CliContext } from "../cli-context.js";
import { untilInterrupted } from "../interrupt.js";
import { openLab } from "../pick-lab.js";
import { tellReports } from "../tell-reports.js";

/** With it, a console that is started again on the same port has the address it had, and open pages come back by themselves. */
const TOKEN_VARIABLE = "HACHAOS_CONSOLE_TOKEN";
/** As many letters as 96 bits have in base64: a token that is shorter could be guessed. */
const TOKEN_LETTERS = 16;

export function addConsole(program: Command, { terminal }: CliContext): void {
  program
    .command("console")
    .description("watch a lab that is up in a browser, and break and heal it there, until Ctrl-C")
    .argument("[lab]", "the lab; may be left out when there is only one")
    .option("--port <number>", "port on 127.0.0.1; 0 takes a free one", portNumber, 0)
    .option("--locked", "pages cannot be unlocked: they show and heal, but break nothing")
    .option("--report-dir <folder>", "where runs are stored", "reports")
    .action(async (name: string | undefined, options: { port: number; locked?: true; reportDir: string }) => {
      const token = tokenFrom(process.env[TOKEN_VARIABLE]);
      const lab = await openLab(name, { toChange: true, ask: terminal.ask });
      const { port, locked = false, reportDir } = options;
      await untilInterrupted(
        terminal,
        async (stop) => {
          const opened = await openConsole({ lab, reportDir, port, locked, token, here: process.cwd(), report: reportInThread });
          terminal.result(opened.url);
          terminal.progress(`the console of ${lab.name}: open the address in a browser on this machine; Ctrl-C ends it, the lab stays`);
          await aborted(AbortSignal.any([stop, lab.lost]));
          const inForce = opened.live.faults().length;
          tellReports(await opened.close(), terminal);
          if (inForce > 0) terminal.progress("faults are still in force: hachaos status shows them, hachaos heal --all takes them back");
          if (lab.lost.aborted) throw lab.lost.reason;
        },
        {
          stopping: "ending the console; the lab stays as it is, the report is written; once more to stop at once",
          left: "stopped at once; the lab stays as it is, and what was seen is in the run folder: hachaos judge judges it",
        },
      );
    });
}

function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("a whole number from 0 to 65535 is needed.");
}

function tokenFrom(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  if (text.length >= TOKEN_LETTERS && /^[\w-]+$/.test(text)) return text;
  throw new HachaosError("usage", `${TOKEN_VARIABLE} is no token`, {
    hint: `at least ${TOKEN_LETTERS} letters, digits, - and _: openssl rand -hex 16`,
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
