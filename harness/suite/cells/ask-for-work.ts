import { connect } from "node:net";
import { createInterface } from "node:readline";
import type { PlannedTrial } from "./lots.js";

/** What a process that holds a lab has of the run's desk. */
export interface Work {
  /** Waits for this lab's turn; null: it has no more to do, or the run is gone. */
  next(): Promise<PlannedTrial | null>;
  /** Gives up the turn. */
  leave(): void;
}

/** Goes to the desk (desk.ts) for a lab. */
export function askForWork(path: string, lab: string): Work {
  const socket = connect(path);
  let answer: (trial: PlannedTrial | null) => void = () => undefined;
  let isClosed = false;
  const close = () => {
    isClosed = true;
    answer(null);
  };
  socket.on("error", close).on("close", close);
  createInterface(socket).on("line", (line) => {
    answer(JSON.parse(line) as PlannedTrial | null);
  });
  return {
    next: () =>
      new Promise((resolve) => {
        answer = resolve;
        if (isClosed) resolve(null);
        else socket.write(`${JSON.stringify(lab)}\n`);
      }),
    leave() {
      socket.destroy();
      close();
    },
  };
}
