import { once } from "node:events";
import { createInterface } from "node:readline";
import type { ClientChannel } from "ssh2";
import { messageOf } from "../../kernel/errors.js";
import { withLimit } from "../../kernel/with-limit.js";
import type { ClockReading, Eyes } from "../lab.js";
import { sshReach } from "../ssh/ssh-reach.js";
import { asRoot, withSudo } from "./as-root.js";
import { atMost } from "./at-most.js";
import { connectionTo, type Target } from "./connect.js";
import { openChannel } from "./open-channel.js";

/** How soon a watched command that ended is started again, as in a node's own observer. */
const RESTART_AFTER_MS = 500;
/** A look that takes longer tells nothing any more. */
const LOOK_WITHIN_MS = 5_000;
/** Beside the commands that are followed, so many: sshd lets ten run over one connection (sshd_config(5), MaxSessions). */
const LOOKS_AT_ONCE = 2;

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

/** Answers each line with the time. */
const CLOCK = `while read -r line; do date +%s.%N; done`;

/** Eyes on a machine, over a connection of their own: what is watched does not wait for what is done. */
export async function openEyes(target: Target): Promise<Eyes> {
  const connection = connectionTo(target);
  const ssh = await connection.get();
  const { user } = target.access;
  const reach = asRoot(sshReach(connection), user);
  const inTurn = atMost(LOOKS_AT_ONCE);
  const over = new AbortController();
  const ended = new Promise<string>((resolve) => {
    ssh.connection
      ?.once("close", () => {
        over.abort();
        resolve("the ssh connection is gone");
      })
      .once("error", (error: Error) => {
        // Keepalive gave up: the close comes with TCP's own patience.
        resolve(messageOf(error));
        connection.drop();
      });
  });
  const start = (argv: readonly string[]) => openChannel(ssh, withSudo(argv, user));
  const ask = clockOver(await start(["sh", "-c", CLOCK]));
  let asking: Promise<ClockReading | null> | null = null;
  return {
    ended,
    follow: (argv, onLine, onStart) => followOver(start, argv, { onLine, onStart, signal: over.signal }),
    async output(argv, env = {}) {
      const said = await inTurn(() => reach.run(argv, { env, timeoutMs: LOOK_WITHIN_MS })).catch(() => null);
      return said?.exitCode === 0 ? said.stdout : null;
    },
    clock() {
      // One question at a time, so that each answer has its own; without an answer there is no way there any more.
      asking ??= ask().then((reading) => {
        asking = null;
        if (reading === null) connection.drop();
        return reading;
      });
      return asking;
    },
    close: connection.drop,
  };
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

/** Asks for the time; what it was then is known to half of the time that the answer took. */
function clockOver(channel: ClientChannel): () => Promise<ClockReading | null> {
  channel.on("error", () => undefined).stderr.resume();
  const lines = createInterface({ input: channel });
  lines.on("error", () => undefined);
  return async () => {
    const sentUs = nowUs();
    const answered = once(lines, "line") as Promise<[string]>;
    channel.write("\n");
    const answer = await withLimit(answered, LOOK_WITHIN_MS).catch(() => null);
    const backUs = nowUs();
    if (answer === null) return null;
    const us = Math.round((sentUs + backUs) / 2);
    return { us, wallMs: Number(answer[0]) * 1000, errorMs: Math.ceil((backUs - sentUs) / 2) / 1000 };
  };
}

function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
