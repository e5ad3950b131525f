import { styleText } from "node:util";
import { askOnTerminal } from "./ask-on-terminal.js";
import type { Ask } from "./ask.js";

export type Style = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "dim" | "bold";

/** Results go to stdout, progress to stderr. */
export interface Terminal {
  /** Writes a line of the result. */
  result(line: string): void;
  /** Writes a line of progress. */
  progress(line: string): void;
  write(text: string): void;
  writeProgress(text: string): void;
  style(style: Style, text: string): string;
  colour: boolean;
  /** Whether progress may be drawn over; else only plain lines, each with its time. */
  live: boolean;
  /** Asks whoever sits here; null where nobody does, and nothing may be asked. */
  ask: Ask | null;
  /** Width of the progress stream in columns, now. */
  columns(): number;
}

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const surroundings = { env, outIsTty: stdout.isTTY, errIsTty: stderr.isTTY };
  const decision = decideLook(surroundings);
  return {
    ...decision,
    ask: mayAsk({ ...surroundings, inIsTty: stdin.isTTY }) ? askOnTerminal({ input: stdin, output: stderr }) : null,
    result: (line) => stdout.write(`${line}\n`),
    progress: (line) => stderr.write(`${line}\n`),
    write: (text) => stdout.write(text),
    writeProgress: (text) => stderr.write(text),
    style: (style, text) => (decision.colour ? styleText(style, text) : text),
    columns: () => (stderr.columns > 0 ? stderr.columns : 80),
  };
}

export interface Surroundings {
  env: Record<string, string | undefined>;
  outIsTty: boolean;
  errIsTty: boolean;
}

/** NO_COLOR (no-color.org), CI, TERM=dumb and pipes give plain lines. */
export function decideLook({ env, outIsTty, errIsTty }: Surroundings): { colour: boolean; live: boolean } {
  const plain = Boolean(env["CI"]) || env["TERM"] === "dumb" || !errIsTty;
  return { live: !plain, colour: !plain && outIsTty && !env["NO_COLOR"] };
}

/** Questions go to stderr, as results may go to a file; where nobody reads them or nobody can answer, none is asked. */
export function mayAsk({ inIsTty, ...surroundings }: Surroundings & { inIsTty: boolean }): boolean {
  return inIsTty && decideLook(surroundings).live;
}
