import type { ClientChannel } from "ssh2";
import { withLimit } from "../../kernel/with-limit.js";
import { atMost } from "./at-most.js";

/**
 * Runs each line that it reads and tells how it ended. A shell that stays costs a look one fork; otherwise each would have a session of sshd and a
 * shell of its own, which an emulated processor feels.
 */
export const ANSWERING_SHELL = [
  "bash",
  "-c",
  `export LC_ALL=C; while IFS= read -r line; do eval "$line" </dev/null 2>/dev/null; printf '\\036%s\\n' "$?"; done`,
];

/** ASCII's record separator, which no text has in it. */
const ENDED = /\x1e(\d+)\n$/;

/** Asks one such shell one thing after the other: what a command (one line) said, null where it failed or took longer than `limitMs`. */
export function askShell(open: () => Promise<ClientChannel>, limitMs: number): (command: string) => Promise<string | null> {
  let shell: Promise<ClientChannel> | null = null;
  const inTurn = atMost(1);
  const ask = async (command: string) => {
    const asked = (shell ??= open());
    try {
      return await withLimit(answerOf(await asked, command), limitMs);
    } catch {
      // Stuck or gone: the next question goes to another one.
      shell = null;
      asked.then((channel) => channel.destroy()).catch(() => undefined);
      return null;
    }
  };
  return (command) => inTurn(() => ask(command));
}

function answerOf(channel: ClientChannel, command: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let said = "";
    const onData = (data: Buffer) => {
      // One character for each byte, so that none is cut in two.
      said += data.toString("latin1");
      const ended = said.endsWith("\n") ? ENDED.exec(said.slice(-6)) : null;
      if (ended === null) return;
      leave();
      resolve(ended[1] === "0" ? Buffer.from(said.slice(0, -ended[0].length), "latin1").toString() : null);
    };
    const onGone = () => {
      leave();
      reject(new Error("the shell is gone"));
    };
    const leave = () => channel.off("data", onData).off("close", onGone).off("error", onGone);
    channel.on("data", onData).on("close", onGone).on("error", onGone);
    channel.stderr.resume();
    channel.write(`${command}\n`);
  });
}
