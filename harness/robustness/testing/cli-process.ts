import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../kernel/package-root.js";

export interface CliResult {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  ms: number;
}

export interface CliProcess {
  pid: number;
  /** What it has written so far. */
  said(): string;
  /** To the process alone, or to everything that a terminal's Ctrl-C would reach. */
  kill(signal: NodeJS.Signals, whom?: "process" | "group"): void;
  ended: Promise<CliResult>;
}

/** The built command line. */
export const MAIN = join(packageRoot(), "dist/harness/cli/main.js");

/** Starts the built command line in a process group of its own; `within`: a command that runs it. */
export function startCli(args: string[], options: { cwd: string; env: Record<string, string>; within?: string[] }): CliProcess {
  const started = performance.now();
  const [command = "", ...rest] = [...(options.within ?? []), process.execPath, MAIN, ...args];
  const child = spawn(command, rest, {
    cwd: options.cwd,
    env: { ...process.env, CI: "1", NODE_ENV: "", VITEST: "", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${MAIN} could not be started`);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  return {
    pid,
    said: () => `${stdout()}${stderr()}`,
    kill(signal, whom = "process") {
      process.kill(whom === "group" ? -pid : pid, signal);
    },
    ended: ending(child).then((end) => ({ ...end, stdout: stdout(), stderr: stderr(), ms: Math.round(performance.now() - started) })),
  };
}

/** "exit", not "close": whoever survives the process may still hold its pipes. */
function ending(child: ChildProcess): Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    child.once("exit", (exitCode, signal) => setImmediate(resolve, { exitCode, signal }));
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
  return () => text;
}
