import { once } from "node:events";
import { createInterface } from "node:readline";
import type { ClientChannel } from "ssh2";
import { messageOf } from "../../kernel/errors.js";
import { shellQuoted } from "../../kernel/shell-quoted.js";
import type { ClockReading, Eyes } from "../lab.js";
import { withSudo } from "./as-root.js";
import { ANSWERING_SHELL, askShell } from "./ask-shell.js";
import { openChannel } from "./open-channel.js";
import type { SshConnection } from "./ssh-connection.js";

/** How soon a watched command that ended is started again, as in a node's own observer. */
const RESTART_AFTER_MS = 500;
/** A look that takes longer tells nothing any more; crm_mon takes an emulated processor half a second, and seconds while daemons start. */
const LOOK_WITHIN_MS = 10_000;

/**
 * Runs a command until it ends, or until the connection does: without a terminal nothing over there tells a command that nobody listens any
 * more. Its standard input stays open, because some commands end with it.
 */
const WHILE_CONNECTED = `
exec 3<&0
"$@" <&3 &
child=$!
{ cat >/dev/null; kill "$child"; } <&3 >/dev/null 2>&1 &
wait "$child"`;

/** Shells older than bash 5.0 need a command for it. */
const TIME = `echo "\${EPOCHREALTIME:-$(date +%s.%N)}"`;

/** Eyes on a machine. The connection is theirs alone, so that what is watched does not wait for what is done. */
export async function openEyes(connection: SshConnection, user: string): Promise<Eyes> {
  const ssh = await connection.get();
  const over = new AbortController();
  const ended = once(over.signal, "abort").then(() => String(over.signal.reason));
  const end = (reason: string) => {
    over.abort(reason);
    // A connection whose other end is gone need not notice.
    connection.drop();
  };
  ssh.connection
    ?.once("close", () => {
      end("the ssh connection is gone");
    })
    .once("error", (error: Error) => {
      end(messageOf(error));
    });
  const start = (argv: readonly string[]) => openChannel(ssh, withSudo(argv, user));
  const shell = () => start(ANSWERING_SHELL);
  let asking: Promise<ClockReading | null> | null = null;
  const [look, askTime] = [askShell(shell, LOOK_WITHIN_MS), askShell(shell, LOOK_WITHIN_MS)];
  return {
    ended,
    follow: (argv, onLine, onStart) => followOver(start, argv, { onLine, onStart, signal: over.signal }),
    output: (argv, env = {}) =>
      look([...Object.entries(env).map(([key, value]) => `${key}=${shellQuoted([value])}`), shellQuoted(argv)].join(" ")),
    readFile: (path) => look(`mapfile -t lines <${shellQuoted([path])} && printf '%s\\n' "\${lines[@]}"`),
    clock() {
      // One question at a time, so that an answer's round trip is its own; without an answer there is no way there any more.
      asking ??= readClock(() => askTime(TIME)).then((reading) => {
        asking = null;
        if (reading === null) end("it does not answer over ssh");
        return reading;
      });
      return asking;
    },
    close() {
      end("closed");
    },
  };
}

/** What the time was then is known to half of the time that the answer took. */
async function readClock(askTime: () => Promise<string | null>): Promise<ClockReading | null> {
  const sentUs = nowUs();
  const answer = await askTime();
  const backUs = nowUs();
  if (answer === null) return null;
  return { us: Math.round((sentUs + backUs) / 2), wallMs: Number(answer) * 1000, errorMs: Math.ceil((backUs - sentUs) / 2) / 1000 };
}

function followOver(
  start: (argv: readonly string[]) => Promise<ClientChannel>,
  argv: readonly string[],
  { onLine, onStart, signal }: { onLine: (line: string) => void; onStart: (() => void) | undefined; signal: AbortSignal },
): () => void {
  let stopped = false;
  let channel: ClientChannel | null = null;
  const again = () => {
    if (!stopped && !signal.aborted) setTimeout(() => void begin(), RESTART_AFTER_MS);
  };
  const begin = async () => {
    if (stopped || signal.aborted) return;
    try {
      channel = await start(["sh", "-c", WHILE_CONNECTED, "sh", ...argv]);
    } catch {
      again();
      return;
    }
    channel.on("error", () => undefined).once("close", again);
    channel.stderr.resume();
    createInterface({ input: channel })
      .on("line", onLine)
      .on("error", () => undefined);
    onStart?.();
  };
  void begin();
  return () => {
    stopped = true;
    channel?.end();
  };
}

function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
