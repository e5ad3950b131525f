import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PlannedTrial } from "./lots.js";

/** Where the processes that hold the labs of a run ask for work. */
export interface Desk {
  /** Of a Unix socket. */
  readonly path: string;
  /** Which trial a lab that asked has to do; null: none any more. */
  answer(lab: string, trial: PlannedTrial | null): void;
  close(): void;
}

export interface DeskNews {
  asked(lab: string): void;
  /** Its connection is closed: it wants no more, or its process is gone. */
  left(lab: string): void;
}

/**
 * Opens it in a folder that is ours alone. A lab connects, says its name in a line of JSON whenever it is ready for a trial, and gets one in a
 * line of JSON when it is its turn.
 */
export async function openDesk(folder: string, { asked, left }: DeskNews): Promise<Desk> {
  const sockets = new Map<string, Socket>();
  const server = createServer((socket) => {
    let lab: string | null = null;
    // A process that is killed resets its connection; that it is closed is all that counts.
    socket.on("error", () => undefined);
    createInterface(socket).on("line", (line) => {
      lab = JSON.parse(line) as string;
      sockets.set(lab, socket);
      asked(lab);
    });
    socket.on("close", () => {
      if (lab === null) return;
      sockets.delete(lab);
      left(lab);
    });
  });
  const path = join(folder, "cells.sock");
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(path, resolve);
  });
  return {
    path,
    answer(lab, trial) {
      sockets.get(lab)?.write(`${JSON.stringify(trial)}\n`);
    },
    close() {
      for (const socket of sockets.values()) socket.destroy();
      server.close();
    },
  };
}
