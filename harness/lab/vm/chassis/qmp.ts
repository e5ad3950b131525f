import { once } from "node:events";
import { createConnection } from "node:net";
import { createInterface } from "node:readline";

/** A connection to QEMU's monitor (QEMU Machine Protocol). */
export interface Monitor {
  /** Runs a command to its end; throws QEMU's words when it fails. */
  execute(command: string, args?: Record<string, unknown>): Promise<unknown>;
  close(): void;
}

interface Answer {
  id?: number;
  return?: unknown;
  error?: { desc: string };
}

/** Throws when nobody listens (yet). */
export async function openMonitor(path: string): Promise<Monitor> {
  const socket = createConnection(path);
  await once(socket, "connect");
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  createInterface({ input: socket }).on("line", (line) => {
    const answer = JSON.parse(line) as Answer;
    // Greeting and events have no id.
    if (answer.id === undefined) return;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  socket
    .on("error", () => undefined)
    .once("close", () => {
      for (const settle of waiting.values()) settle({ error: { desc: "QEMU is gone" } });
    });
  const monitor: Monitor = {
    async execute(command, args = {}) {
      const id = (last += 1);
      const answer = await new Promise<Answer>((resolve) => {
        waiting.set(id, resolve);
        socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`);
      });
      if (answer.error) throw new Error(`QEMU: ${command}: ${answer.error.desc}`);
      return answer.return;
    },
    close: () => socket.destroy(),
  };
  await monitor.execute("qmp_capabilities");
  return monitor;
}
