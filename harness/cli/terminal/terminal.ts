import { styleText } from "node:util";

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
  /** Width of the progress stream in columns, now. */
  columns(): number;
}

export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const decision = decideLook({ env, outIsTty: stdout.isTTY, errIsTty: stderr.isTTY });
  return {
    ...decision,
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
