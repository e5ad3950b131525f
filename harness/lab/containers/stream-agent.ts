import { PassThrough } from "node:stream";
import type Docker from "dockerode";
import { messageOf } from "../../kernel/errors.js";
import type { Agent } from "../lab.js";
import { jsonAgent } from "./json-agent.js";

/**
 * Starts a program in a container that writes one JSON message per line. It ends itself when its standard input
 * closes, so nothing of it is left when we are killed: the engine closes the input with our connection.
 */
export async function streamAgent(docker: Docker, id: string, argv: string[], onMessage: (message: unknown) => void): Promise<Agent> {
  const exec = await docker.getContainer(id).exec({ Cmd: argv, AttachStdin: true, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true, stdin: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, stdout, stderr);
  const over = new Promise<string>((resolve) => {
    const settle = (reason: string) => () => {
      stdout.end();
      stderr.end();
      resolve(reason);
    };
    stream.once("end", settle("ended")).once("close", settle("closed"));
    stream.once("error", (error: Error) => {
      settle(messageOf(error))();
    });
  });
  return jsonAgent({ stdout, stderr, over, end: () => stream.end(), destroy: () => stream.destroy() }, onMessage);
}
