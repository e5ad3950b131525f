import { connect } from "node:net";
import { readJsonLines, writeJsonLine } from "./json-lines.js";
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
  socket.on("close", close);
  readJsonLines(socket, (trial) => {
    answer(trial as PlannedTrial | null);
  });
  return {
    next: () =>
      new Promise((resolve) => {
        answer = resolve;
        if (isClosed) resolve(null);
        else writeJsonLine(socket, lab);
      }),
    leave() {
      socket.destroy();
      close();
    },
  };
}
