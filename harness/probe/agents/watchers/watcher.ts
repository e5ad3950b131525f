import { execFile, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { ClockReading } from "../../../lab/lab.js";
import { nowUs, send } from "../send.js";

export interface WatchConfig {
  /** kernel or ovs. */
  bonding: string;
  /** NICs by bond. */
  bonds: Record<string, string[]>;
  /** Command line of crm_mon, to be run with TZ=UTC. */
  crmMon: string[];
  logs: { source: string; file: string }[];
  /** How many times more seldom to look than on a real processor. */
  lookFactor: number;
  /** How often to say that it still watches. */
  aliveEveryMs: number;
}

/** How a watcher gets at its node: from within, or over ssh. */
export interface WatchTools {
  follow(argv: [string, ...string[]], onLine: (line: string) => void, onStart?: () => void): () => void;
  output(argv: [string, ...string[]], env?: Record<string, string>): Promise<string | null>;
  /** Null when it cannot be read. */
  readFile(path: string): Promise<string | null>;
  /** The node's wall clock; null when it does not answer. From within, it is read without any error. */
  clock(): Promise<(Omit<ClockReading, "errorMs"> & Partial<ClockReading>) | null>;
  send(message: Record<string, unknown>): void;
}

/** Starts watching and returns how to stop. What is seen goes out through `send`. */
export type Watcher = (config: WatchConfig, tools: WatchTools) => () => void;

/** From within the node. */
export const WITHIN: WatchTools = {
  follow,
  output,
  readFile: (path) => readFile(path, "utf8").catch(() => null),
  clock: () => Promise.resolve({ us: nowUs(), wallMs: Date.now() }),
  send,
};

/** How soon a watched command that ended is started again: its daemon may just be booting. */
const RESTART_AFTER_MS = 500;

/** Follows a command's output line by line, starting it again whenever it ends; returns how to stop. */
export function follow(argv: [string, ...string[]], onLine: (line: string) => void, onStart: () => void = () => undefined): () => void {
  let stopped = false;
  let kill: () => void = () => undefined;
  const start = () => {
    if (stopped) return;
    // Some commands end when their standard input does, so it is a pipe that stays open.
    const child = spawn(argv[0], argv.slice(1), { stdio: ["pipe", "pipe", "ignore"] });
    kill = () => void child.kill("SIGKILL");
    createInterface({ input: child.stdout }).on("line", onLine);
    child.once("spawn", onStart);
    child.once("error", () => undefined);
    child.once("close", () => setTimeout(start, RESTART_AFTER_MS));
  };
  start();
  return () => {
    stopped = true;
    kill();
  };
}

/** Repeats a look, never two at once; returns how to stop and how to look at once. */
export function repeat(everyMs: number, look: () => Promise<void>): { stop(): void; soon(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const round = async () => {
    await look();
    if (!stopped) timer = setTimeout(() => void round(), everyMs);
  };
  void round();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    soon() {
      if (timer === undefined || stopped) return;
      clearTimeout(timer);
      timer = setTimeout(() => void round(), SOON_MS);
    },
  };
}

/** One crm_mon for a burst of log lines rather than one for each. */
const SOON_MS = 60;

/** Output of a command, with `env` besides our own environment, or null when it fails. */
export function output(argv: [string, ...string[]], env: Record<string, string> = {}): Promise<string | null> {
  const options = { timeout: 5_000, maxBuffer: 16 * 1024 * 1024, env: { ...process.env, ...env } };
  return new Promise((resolve) => {
    execFile(argv[0], argv.slice(1), options, (error, stdout) => {
      resolve(error ? null : stdout);
    });
  });
}

/** Tells whether a value differs from the last one under its key. */
export function changes(): (key: string, value: string) => boolean {
  const last = new Map<string, string>();
  return (key, value) => {
    if (last.get(key) === value) return false;
    last.set(key, value);
    return true;
  };
}
