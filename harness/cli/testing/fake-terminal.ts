import type { Ask } from "../terminal/ask.js";
import type { Terminal } from "../terminal/terminal.js";

/** A terminal that remembers what was written to it. */
export function fakeTerminal(look: { live?: boolean; columns?: number; ask?: Ask } = {}): {
  terminal: Terminal;
  out(): string;
  err(): string;
} {
  let [out, err] = ["", ""];
  const terminal: Terminal = {
    result: (line) => (out += `${line}\n`),
    progress: (line) => (err += `${line}\n`),
    write: (text) => (out += text),
    writeProgress: (text) => (err += text),
    style: (_style, text) => text,
    colour: false,
    live: look.live ?? false,
    ask: look.ask ?? null,
    columns: () => look.columns ?? 80,
  };
  return { terminal, out: () => out, err: () => err };
}
