import { HachaosError, messageOf } from "../../kernel/errors.js";
import type { CommandResult, ExecOptions } from "../lab.js";
import type { Reach } from "./reach.js";

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Runs a command in a container. The time limit is kept inside the container, by timeout(1), because closing our end would
 * leave the command running there.
 */
export async function execOver(reach: Pick<Reach, "run">, host: string, argv: string[], options: ExecOptions = {}): Promise<CommandResult> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const started = performance.now();
  const limited = ["timeout", "--kill-after=1", String(Math.ceil(timeoutMs / 1000)), ...argv];
  const result = await reach.run(limited, { ...options, timeoutMs }).catch((cause: unknown) => {
    throw new HachaosError("lab-lost", `${host}: cannot run ${argv[0] ?? ""}: ${messageOf(cause)}`, { cause });
  });
  const ended: CommandResult = { argv, ...result, ms: Math.round(performance.now() - started) };
  const allowed = options.allow ?? [0];
  if (allowed !== "any" && !allowed.includes(ended.exitCode)) throw commandFailed(host, ended, timeoutMs);
  return ended;
}

function commandFailed(host: string, result: CommandResult, timeoutMs: number): HachaosError {
  // timeout(1): 124 when the command timed out, 137 when it had to be killed.
  const why = result.exitCode === 124 || result.exitCode === 137 ? `not done within ${timeoutMs / 1000} s` : `exit code ${result.exitCode}`;
  const words = (result.stderr.trim() || result.stdout.trim()).split("\n").slice(-8).join("\n  ");
  return new HachaosError("command-failed", `${host}: ${result.argv.join(" ")}: ${why}${words ? `\n  ${words}` : ""}`, {
    hint: `try it there: hachaos shell ${host} -- ${result.argv[0] ?? "sh"}`,
  });
}
