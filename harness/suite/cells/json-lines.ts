import type { Socket } from "node:net";
import { createInterface } from "node:readline";

/** Tells what comes over a connection, one JSON value a line. That it broke, its "close" tells. */
export function readJsonLines(socket: Socket, told: (value: unknown) => void): void {
  // A process that is killed resets its connection; readline hands that on.
  socket.on("error", () => undefined);
  createInterface(socket)
    .on("error", () => undefined)
    .on("line", (line) => {
      told(JSON.parse(line));
    });
}

export function writeJsonLine(socket: Socket, value: unknown): void {
  socket.write(`${JSON.stringify(value)}\n`);
}
