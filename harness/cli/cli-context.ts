import type { Terminal } from "./terminal/terminal.js";

/** What every command gets. */
export interface CliContext {
  terminal: Terminal;
  /** The arguments as typed. */
  args: readonly string[];
  /** Sets the exit code of the process; 0 unless called. */
  exit(code: number): void;
}
