import type { NodeSSH } from "node-ssh";
import type { ClientChannel, ExecOptions } from "ssh2";
import { messageOf } from "../../kernel/errors.js";
import { shellQuoted } from "../../kernel/shell-quoted.js";
import type { Piped } from "../containers/json-agent.js";

/** Starts a command over a connection; ssh carries one text, which the machine's shell takes apart again. */
export function openChannel(ssh: NodeSSH, argv: readonly string[], options: ExecOptions = {}): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    if (ssh.connection === null) {
      reject(new Error("not connected"));
      return;
    }
    ssh.connection.exec(shellQuoted(argv), options, (error, channel) => {
      if (error) reject(error);
      else resolve(channel);
    });
  });
}

/** As a program with its streams. */
export function pipedOver(channel: ClientChannel): Piped {
  const over = new Promise<string>((resolve) => {
    channel
      .once("close", () => {
        resolve("ended");
      })
      .once("error", (error: Error) => {
        resolve(messageOf(error));
      });
  });
  return { stdout: channel, stderr: channel.stderr, over, end: () => channel.end(), destroy: () => channel.destroy() };
}
