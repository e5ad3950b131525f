import { openDesk } from "./desk.js";
import { Dispatcher } from "./dispatcher.js";
import type { Lot } from "./lots.js";

export interface CellsRequest {
  lots: readonly Lot[];
  /** How many labs work at once. */
  cells: number;
  /** Whether the next suite's lab is built meanwhile. */
  ahead: boolean;
  signal: AbortSignal;
  /**
   * Starts a process with a lab of its own, which asks for its trials at `desk`; settles when neither is left. `builds` is called when the lab
   * has done its first step. What it throws ends the run.
   */
  work(lot: Lot, desk: string, builds: () => void): { lab: string; over: Promise<void> };
}

/** Has all trials done in labs side by side; returns when none is left, or no lab can be built for them. */
export async function runCells({ lots, cells, ahead, signal, work }: CellsRequest): Promise<void> {
  const dispatcher = new Dispatcher(lots, cells, { ahead });
  const asking = new Set<string>();
  const running = new Set<string>();
  const failures: unknown[] = [];
  let over: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (over = resolve));

  const desk = await openDesk({
    asked(lab) {
      asking.add(lab);
      goOn();
    },
    left(lab) {
      asking.delete(lab);
      dispatcher.leaves(lab);
      goOn();
    },
  });

  /** Whatever is possible now. */
  function goOn(): void {
    handOut();
    for (let lot = dispatcher.nextLot(); lot !== null; lot = dispatcher.nextLot()) begin(lot);
    if (running.size === 0) over();
  }

  function handOut(): void {
    for (const lab of asking) {
      const trial = dispatcher.next(lab);
      if (trial === "wait") continue;
      asking.delete(lab);
      desk.answer(lab, trial);
      // Its cell is free now, for one that asked before.
      if (trial === null) return handOut();
    }
  }

  function begin(lot: Lot): void {
    const started = work(lot, desk.path, () => {
      dispatcher.builds(started.lab);
      goOn();
    });
    const { lab } = started;
    running.add(lab);
    dispatcher.starts(lab, lot);
    void started.over
      .catch((error: unknown) => {
        failures.push(error);
        dispatcher.stop();
      })
      .then(() => {
        running.delete(lab);
        dispatcher.gone(lab);
        goOn();
      });
  }

  function stop(): void {
    dispatcher.stop();
    goOn();
  }

  signal.addEventListener("abort", stop);
  try {
    if (signal.aborted) dispatcher.stop();
    goOn();
    await done;
  } finally {
    signal.removeEventListener("abort", stop);
    desk.close();
  }
  if (failures.length > 0) throw failures[0];
}
