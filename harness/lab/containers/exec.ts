import { PassThrough } from "node:stream";
import type Docker from "dockerode";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { waitUntil } from "../../kernel/wait-until.js";
import { withLimit } from "../../kernel/with-limit.js";
import type { CommandResult, ExecOptions } from "../lab.js";

const DEFAULT_TIMEOUT_MS = 30_000;
/** Usually it takes no look at all. */
const NOTED_WITHIN_MS = 5_000;
/** What the engine may take beyond the command's own time, on a machine busy with other labs. */
const ENGINE_GRACE_MS = 20_000;

/**
 * Runs a command in a container. testcontainers' own exec has no standard input and no timeout and can lose the end
 * of the output, so this goes to the engine directly. The time limit is kept inside the container, by timeout(1),
 * because closing our end would leave the command running there.
 */
export async function execInContainer(
  docker: Docker,
  id: string,
  host: string,
  argv: string[],
  options: ExecOptions = {},
): Promise<CommandResult> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const started = performance.now();
  // An engine that hangs neither answers nor closes its connection.
  const result = await withLimit(
    run(docker, id, argv, timeoutMs, options),
    timeoutMs + ENGINE_GRACE_MS,
    "the engine does not answer",
  ).catch((cause: unknown) => {
    throw new HachaosError("lab-lost", `${host}: cannot run ${argv[0] ?? ""}: ${messageOf(cause)}`, { cause });
  });
  const ended: CommandResult = { argv, ...result, ms: Math.round(performance.now() - started) };
  const allowed = options.allow ?? [0];
  if (allowed !== "any" && !allowed.includes(ended.exitCode)) throw commandFailed(host, ended, timeoutMs);
  return ended;
}

async function run(docker: Docker, id: string, argv: string[], timeoutMs: number, options: ExecOptions) {
  const wantsInput = options.stdin !== undefined;
  const exec = await docker.getContainer(id).exec({
    Cmd: ["timeout", "--kill-after=1", String(Math.ceil(timeoutMs / 1000)), ...argv],
    Env: Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`),
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
  if (wantsInput) stream.end(options.stdin);
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

function commandFailed(host: string, result: CommandResult, timeoutMs: number): HachaosError {
  // timeout(1): 124 when the command timed out, 137 when it had to be killed.
  const why = result.exitCode === 124 || result.exitCode === 137 ? `not done within ${timeoutMs / 1000} s` : `exit code ${result.exitCode}`;
  const words = (result.stderr.trim() || result.stdout.trim()).split("\n").slice(-8).join("\n  ");
  return new HachaosError("command-failed", `${host}: ${result.argv.join(" ")}: ${why}${words ? `\n  ${words}` : ""}`, {
    hint: `try it in the node: docker exec -it <container of ${host}> ${result.argv[0] ?? "sh"}`,
  });
}
