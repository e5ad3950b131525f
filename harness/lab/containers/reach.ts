import type { Duplex } from "node:stream";
import type { Agent, ExecOptions, Streams } from "../lab.js";

/** What a command left when it ended. */
export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** How to get at one container: through the engine, or from the fabric beside it. Both do the same. */
export interface Reach {
  /** Runs a command to its end, whatever its exit code. It keeps its time limit (ms) itself; the limit here is for what carries it. */
  run(argv: string[], options: Pick<ExecOptions, "stdin" | "env"> & { timeoutMs: number }): Promise<Ended>;
  /** Starts a program that writes one JSON message per line and ends itself when its standard input closes. */
  stream(argv: string[], onMessage: (message: unknown) => void): Promise<Agent>;
  /** Starts a program and returns its standard input and output as one stream; the program ends with it. */
  pipe(argv: string[]): Promise<Duplex>;
  interact(argv: string[], streams: Streams): Promise<number>;
  /** Pid of its first process, in the engine's host; null while there is none. */
  pid(): Promise<number | null>;
  /** Whether its file system has this file. */
  hasFile(path: string): Promise<boolean>;
}
