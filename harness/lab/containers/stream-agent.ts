import { PassThrough } from "node:stream";
import { createInterface } from "node:readline";
import type Docker from "dockerode";
import { messageOf } from "../../kernel/errors.js";
import type { Agent } from "../lab.js";

/** How long an agent may take to end itself once its standard input is closed. */
const STOP_WITHIN_MS = 2_000;

/**
 * Starts a program in a container that writes one JSON message per line. It ends itself when its standard input
 * closes, so nothing of it is left when we are killed: the engine closes the input with our connection.
 */
export async function streamAgent(docker: Docker, id: string, argv: string[], onMessage: (message: unknown) => void): Promise<Agent> {
  const exec = await docker.getContainer(id).exec({ Cmd: argv, AttachStdin: true, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true, stdin: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, stdout, stderr);
  let lastWords = "";
  createInterface({ input: stderr }).on("line", (line) => (lastWords = line));
  createInterface({ input: stdout }).on("line", (line) => {
    const message = parse(line);
    if (message === undefined) lastWords = line;
    else onMessage(message);
  });
  const ended = new Promise<string>((resolve) => {
    const settle = (reason: string) => () => {
      stdout.end();
      stderr.end();
      resolve(lastWords || reason);
    };
    stream.once("end", settle("ended")).once("close", settle("closed"));
    stream.once("error", (error: Error) => settle(messageOf(error))());
  });
  return {
    ended,
    async stop() {
      stream.end();
      const timer = setTimeout(() => stream.destroy(), STOP_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** What is no message is the engine's own word on why the program could not be started. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
