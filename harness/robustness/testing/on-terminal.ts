import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import xterm from "@xterm/headless";
import { waitUntil } from "../../kernel/wait-until.js";

export interface OnTerminal {
  /** What is on the screen or was, without colours and movements. */
  said(): string;
  /** Waits until this text comes behind all that was waited for before. */
  until(text: string): Promise<void>;
  /** The lines that somebody sees there now, as a terminal draws them. */
  screen(): string;
  /** Waits until the screen shows all of these. */
  shows(...wanted: RegExp[]): Promise<void>;
  type(keys: string): void;
  ended: Promise<number>;
  /** As if the window were closed. */
  close(): void;
}

/** `discard`: the line so far (stty(1), kill). */
export const KEYS = { enter: "\r", down: "\u001b[B", up: "\u001b[A", tab: "\t", discard: "\u0015", interrupt: "\u0003" } as const;

/** Longer than any step takes on a busy machine. */
const SHOWN_WITHIN_MS = 180_000;
const SIZE = { rows: 40, cols: 120 };

/** Runs a program on a terminal of its own, made by script(1), as somebody would who sits there. */
export function onTerminal(argv: readonly string[], { cwd, env }: { cwd: string; env: Record<string, string> }): OnTerminal {
  // A terminal without a size has lines of no length.
  const command = `stty rows ${SIZE.rows} cols ${SIZE.cols}; exec ${argv.map(quoted).join(" ")}`;
  const { CI: _ci, NO_COLOR: _plain, ...own } = process.env;
  const child = spawn("script", ["--quiet", "--flush", "--return", "--command", command, "/dev/null"], {
    ...{ cwd, stdio: ["pipe", "pipe", "inherit"], env: { ...own, TERM: "xterm", SHELL: "/bin/bash", NODE_ENV: "", VITEST: "", ...env } },
  });
  let text = "";
  let seen = 0;
  const drawn = new xterm.Terminal({ ...SIZE, allowProposedApi: true });
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
    drawn.write(chunk);
  });
  // A bell is no text either.
  const said = () => stripVTControlCharacters(text).replaceAll("\u0007", "");
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => setImmediate(resolve, code ?? -1)));
  const screen = () => {
    const { active } = drawn.buffer;
    const lines = Array.from({ length: SIZE.rows }, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? "");
    return lines.join("\n").trimEnd();
  };
  return {
    said,
    ended,
    screen,
    async shows(...wanted) {
      await waitUntil(
        `the screen shows ${wanted.map(String).join(", ")}`,
        () => (wanted.every((each) => each.test(screen())) ? { done: true, value: undefined } : { done: false, seen: `\n${screen()}` }),
        { timeoutMs: SHOWN_WITHIN_MS, everyMs: 20 },
      );
    },
    async until(wanted) {
      seen = await waitUntil(
        `the terminal shows ${wanted}`,
        () => {
          const at = said().indexOf(wanted, seen);
          return at >= 0 ? { done: true, value: at + wanted.length } : { done: false, seen: said().slice(seen) };
        },
        { timeoutMs: SHOWN_WITHIN_MS, everyMs: 20 },
      );
    },
    // Without its terminal, whatever runs there gets SIGHUP.
    close: () => void child.kill("SIGKILL"),
    type: (keys) => void child.stdin.write(keys),
  };
}

/** As one word of a shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
