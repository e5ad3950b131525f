import { Duplex, PassThrough } from "node:stream";
import type Docker from "dockerode";

/** Starts a program in a container and returns its standard input and output as one stream. */
export async function pipeByEngine(docker: Docker, id: string, argv: string[]): Promise<Duplex> {
  const exec = await docker.getContainer(id).exec({ Cmd: argv, AttachStdin: true, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true, stdin: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, stdout, stderr.resume());
  stream.once("end", () => stdout.end()).once("close", () => stdout.end());
  // Whoever reads learns of the end; what was written then is lost with the program.
  stream.on("error", () => stdout.end());
  return Duplex.from({ readable: stdout, writable: stream });
}
