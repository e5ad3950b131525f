import { Readable } from "node:stream";
import { shellQuoted } from "../../kernel/shell-quoted.js";
import { withLimit } from "../../kernel/with-limit.js";
import type { Reach } from "../containers/reach.js";
import { clockedAgent } from "./clocked-agent.js";
import { openChannel, pipedOver } from "./open-channel.js";
import type { SshConnection } from "./ssh-connection.js";

/** What ssh may take beyond the command's own time: a machine that is frozen neither answers nor closes. */
const SSH_GRACE_MS = 10_000;

/** How to get at a machine over ssh. What its observers tell is put on our clock. */
export function sshReach(connection: SshConnection): Pick<Reach, "run" | "stream" | "interact"> {
  return {
    async run(argv, { stdin, env = {}, timeoutMs }) {
      const ssh = await connection.get();
      const options = { noTrim: true, ...(stdin !== undefined && { stdin: Readable.from([Buffer.from(stdin)]) }) };
      const ended = ssh.execCommand(shellQuoted([...environment(env), ...argv]), options);
      const { code, stdout, stderr } = await withLimit(ended, timeoutMs + SSH_GRACE_MS, "the machine does not answer over ssh");
      // No exit code: it was killed, for which timeout(1) and shells write 137.
      return { exitCode: code ?? 137, stdout, stderr };
    },
    async stream(argv, onMessage) {
      const channel = await openChannel(await connection.get(), argv);
      return clockedAgent({ ...pipedOver(channel), write: (text) => channel.write(text) }, onMessage);
    },
    async interact(argv, { stdin, stdout, stderr }) {
      const tty = stdin.isTTY && stdout.isTTY;
      const pty = { rows: stdout.rows, cols: stdout.columns, term: process.env["TERM"] ?? "xterm" };
      const channel = await openChannel(await connection.get(), argv, tty ? { pty } : {});
      const resize = () => {
        channel.setWindow(stdout.rows, stdout.columns, 0, 0);
      };
      const exited = new Promise<number>((resolve) => {
        channel.once("exit", (code: number | null) => {
          resolve(code ?? 137);
        });
        // A connection that breaks tells no exit code.
        channel.once("close", () => {
          resolve(137);
        });
      });
      if (tty) stdin.setRawMode(true);
      stdout.on("resize", resize);
      channel.pipe(stdout, { end: false });
      channel.stderr.pipe(stderr, { end: false });
      stdin.pipe(channel);
      try {
        return await exited;
      } finally {
        stdin.unpipe(channel);
        stdout.off("resize", resize);
        if (tty) stdin.setRawMode(false);
      }
    },
  };
}

function environment(env: Record<string, string>): string[] {
  const pairs = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? [] : ["env", ...pairs];
}
