import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Agent } from "../lab.js";

/** A program that runs, with its streams. */
export interface Piped {
  stdout: Readable;
  stderr: Readable;
  /** Settles when it has ended, with the reason. */
  over: Promise<string>;
  /** Closes its standard input, which ends it. */
  end(): void;
  /** For one that does not end by that. */
  destroy(): void;
}

/** How long an agent may take to end itself once its standard input is closed. */
const STOP_WITHIN_MS = 2_000;

/** A program that writes one JSON message per line and ends itself when its standard input closes. */
export function jsonAgent({ stdout, stderr, over, end, destroy }: Piped, onMessage: (message: unknown) => void): Agent {
  let lastWords = "";
  createInterface({ input: stderr }).on("line", (line) => (lastWords = line));
  createInterface({ input: stdout }).on("line", (line) => {
    const message = parse(line);
    if (message === undefined) lastWords = line;
    else onMessage(message);
  });
  const ended = over.then((reason) => lastWords || reason);
  return {
    ended,
    async stop() {
      end();
      const timer = setTimeout(destroy, STOP_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** What is no message is a word on why the program could not be started. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
