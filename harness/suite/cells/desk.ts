import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HachaosError } from "../../kernel/errors.js";
import { readJsonLines, writeJsonLine } from "./json-lines.js";
import type { PlannedTrial } from "./lots.js";

/** sockaddr_un holds 108 bytes, the last of them zero (unix(7)). */
const LONGEST_PATH = 107;

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
 * A lab connects, says its name in a line of JSON whenever it is ready for a trial, and gets one in a line of JSON when it is its turn. The
 * socket is among the temporary files, in a folder that only we may enter.
 */
export async function openDesk({ asked, left }: DeskNews): Promise<Desk> {
  const connections = new Set<Socket>();
  const sockets = new Map<string, Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    let lab: string | null = null;
    readJsonLines(socket, (name) => {
      lab = name as string;
      sockets.set(lab, socket);
      asked(lab);
    });
    socket.on("close", () => {
      connections.delete(socket);
      if (lab === null) return;
      sockets.delete(lab);
      left(lab);
    });
  });
  const folder = mkdtempSync(join(tmpdir(), "cells-"));
  const path = join(folder, "desk.sock");
  const close = () => {
    for (const socket of connections) socket.destroy();
    server.close();
    rmSync(folder, { recursive: true });
  };
  try {
    if (Buffer.byteLength(path) > LONGEST_PATH) {
      throw new HachaosError("usage", `${path} is too long for a socket's path`, { hint: "set TMPDIR to a folder with a shorter path" });
    }
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(path, resolve);
    });
  } catch (error) {
    close();
    throw error;
  }
  return {
    path,
    answer(lab, trial) {
      const socket = sockets.get(lab);
      if (socket !== undefined) writeJsonLine(socket, trial);
    },
    close,
  };
}
