import { messageOf } from "../../kernel/errors.js";
import { withLimit } from "../../kernel/with-limit.js";
import type { Host } from "../../lab/lab.js";

/** What one command said. */
interface Reply {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** What a host said, or why there is nothing. */
export type Answer<T> = { said: T } | { silent: string };

/** An answer to each question. */
export type Replies<Q extends string> = Record<Q, Answer<Reply>>;

/** A quiet node answers within 0.1 s. What is frozen never does, and somebody waits for the screen. */
const ANSWER_WITHIN_S = 2;
/** With what the engine takes on its way there and back. The engine's own answer to a frozen container may never come. */
const REPLIES_WITHIN_MS = 4_000;
const SILENT = `does not answer within ${ANSWER_WITHIN_S} s`;

/** ASCII's record separator: none of the programs asked writes it. */
const SEPARATOR = "\u001e";

/**
 * Runs commands side by side, each with a time limit of its own, and tells exit code, output and errors of each in their order. One such
 * call through the engine costs as much as each command would by itself. $1: the limit in seconds; then the commands, each ended by ";".
 */
const TOGETHER = `
limit=$1; shift
folder=$(mktemp --directory --tmpdir=/dev/shm) || exit
trap 'rm -r "$folder"' EXIT
count=0 argv=()
for word; do
  if [[ $word != ';' ]]; then argv+=("$word"); continue; fi
  { timeout --kill-after=1 "$limit" "\${argv[@]}" >"$folder/$count.out" 2>"$folder/$count.err"; echo $? >"$folder/$count.code"; } &
  count=$((count + 1)) argv=()
done
wait
for ((at = 0; at < count; at++)); do
  for part in code out err; do cat "$folder/$at.$part"; printf '\\x1e'; done
done`;

/** Asks a host several things at once, for a short time only: a reply for each question, or why there is none at all. */
export async function askTogether<Q extends string>(
  host: Pick<Host, "exec">,
  questions: Record<Q, readonly string[]>,
): Promise<Replies<Q>> {
  const names = Object.keys(questions) as Q[];
  const replies = await repliesOf(
    host,
    names.map((name) => questions[name]),
  ).catch((error: unknown) => names.map(() => ({ silent: lastWords(messageOf(error)) })));
  return Object.fromEntries(names.map((name, at) => [name, replies[at]])) as Replies<Q>;
}

async function repliesOf(host: Pick<Host, "exec">, commands: readonly (readonly string[])[]): Promise<Answer<Reply>[]> {
  const argv = ["bash", "-c", TOGETHER, "bash", String(ANSWER_WITHIN_S), ...commands.flatMap((command) => [...command, ";"])];
  const told = await withLimit(host.exec(argv, { timeoutMs: REPLIES_WITHIN_MS }), REPLIES_WITHIN_MS, "does not answer");
  const parts = told.stdout.split(SEPARATOR);
  return commands.map((_, at) => {
    const [code = "", stdout = "", stderr = ""] = parts.slice(at * 3);
    const exitCode = Number(code);
    // timeout(1): 124 when the command timed out, 137 when it had to be killed.
    return exitCode === 124 || exitCode === 137 ? { silent: SILENT } : { said: { exitCode, stdout, stderr } };
  });
}

/** What an answer means. `good`: exit codes of one. */
export function read<T>(answer: Answer<Reply>, meaning: (stdout: string) => T, good: readonly number[] = [0]): Answer<T> {
  if ("silent" in answer) return answer;
  const { exitCode, stdout, stderr } = answer.said;
  if (!good.includes(exitCode)) return { silent: lastWords(stderr) || lastWords(stdout) || `exit code ${exitCode}` };
  try {
    return { said: meaning(stdout) };
  } catch (error) {
    return { silent: lastWords(messageOf(error)) };
  }
}

/** Pacemaker's tools write errors as XML too: <status code="102" message="Not connected">. */
function lastWords(text: string): string {
  return /<status [^>]*message="([^"]*)"/.exec(text)?.[1] ?? text.trim().split("\n").at(-1) ?? "";
}
