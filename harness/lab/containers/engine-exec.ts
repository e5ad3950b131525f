import { PassThrough } from "node:stream";
import type Docker from "dockerode";
import { waitUntil } from "../../kernel/wait-until.js";
import { withLimit } from "../../kernel/with-limit.js";
import type { Ended, Reach } from "./reach.js";

/** Usually it takes no look at all. */
const NOTED_WITHIN_MS = 5_000;
/** What the engine may take beyond the command's own time, on a machine busy with other labs. */
const ENGINE_GRACE_MS = 20_000;

/**
 * Runs a command in a container through the engine. testcontainers' own exec has no standard input and no timeout and can lose
 * the end of the output, so this goes to the engine directly.
 */
export function execByEngine(docker: Docker, id: string): Reach["run"] {
  return (argv, options) =>
    // An engine that hangs neither answers nor closes its connection.
    withLimit(run(docker, id, argv, options), options.timeoutMs + ENGINE_GRACE_MS, "the engine does not answer");
}

async function run(docker: Docker, id: string, argv: string[], { stdin, env = {} }: Parameters<Reach["run"]>[1]): Promise<Ended> {
  const wantsInput = stdin !== undefined;
  const exec = await docker.getContainer(id).exec({
    Cmd: argv,
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    AttachStdin: wantsInput,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: wantsInput });
  const [stdout, stderr] = [collect(), collect()];
  docker.modem.demuxStream(stream, stdout.sink, stderr.sink);
  const closed = new Promise<void>((resolve, reject) => {
    stream.once("end", resolve).once("close", resolve).once("error", reject);
  });
  if (wantsInput) stream.end(stdin);
  await closed;
  return { exitCode: await exitCodeOf(exec), stdout: stdout.text(), stderr: stderr.text() };
}

function collect() {
  const chunks: Buffer[] = [];
  const sink = new PassThrough();
  sink.on("data", (chunk: Buffer) => chunks.push(chunk));
  return { sink, text: () => Buffer.concat(chunks).toString("utf8") };
}

/** The engine may close the stream a moment before it has noted the exit code. */
export async function exitCodeOf(exec: Docker.Exec): Promise<number> {
  return waitUntil(
    "the engine has noted the exit code",
    async () => {
      const { Running, ExitCode } = await exec.inspect();
      return !Running && ExitCode !== null ? { done: true, value: ExitCode } : { done: false, seen: Running ? "running" : "no exit code" };
    },
    { timeoutMs: NOTED_WITHIN_MS, everyMs: 10 },
  );
}
