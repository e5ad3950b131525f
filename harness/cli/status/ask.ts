import { messageOf } from "../../kernel/errors.js";
import { withLimit } from "../../kernel/with-limit.js";
import type { Host } from "../../lab/lab.js";

/** A quiet node answers within 0.1 s. What is frozen never does, and somebody waits for the screen. */
const ANSWER_WITHIN_MS = 2_000;

/** What a host said, or why there is nothing. */
export type Answer<T> = { said: T } | { silent: string };

/** Asks a host one thing, for a short time only. `good`: exit codes of an answer. */
export async function ask<T>(
  host: Pick<Host, "exec">,
  argv: string[],
  read: (stdout: string) => T,
  good: readonly number[] = [0],
): Promise<Answer<T>> {
  try {
    // The engine's own answer to a frozen container may never come, so the limit is kept here too.
    const asked = host.exec(argv, { allow: "any", timeoutMs: ANSWER_WITHIN_MS });
    const { exitCode, stdout, stderr } = await withLimit(asked, ANSWER_WITHIN_MS, "does not answer");
    // timeout(1) inside the host was a little sooner.
    if (exitCode === 124 || exitCode === 137) return { silent: `does not answer within ${ANSWER_WITHIN_MS / 1000} s` };
    if (!good.includes(exitCode)) return { silent: lastWords(stderr) || lastWords(stdout) || `${argv[0] ?? ""}: exit code ${exitCode}` };
    return { said: read(stdout) };
  } catch (error) {
    return { silent: lastWords(messageOf(error)) };
  }
}

/** Pacemaker's tools write errors as XML too: <status code="102" message="Not connected">. */
function lastWords(text: string): string {
  return /<status [^>]*message="([^"]*)"/.exec(text)?.[1] ?? text.trim().split("\n").at(-1) ?? "";
}
