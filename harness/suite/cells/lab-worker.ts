import { loadDefinition } from "../../cluster/load-definition.js";
import { FAULTS } from "../../fault/registry.js";
import { openHistory, type HistoryWriter } from "../../history/history-writer.js";
import { HachaosError } from "../../kernel/errors.js";
import type { Provider } from "../../lab/provider.js";
import { runTrial } from "../../run/conductor.js";
import { drawPhaseMs } from "../../run/draw-phase.js";
import { resetLab } from "../../run/reset-lab.js";
import { failureOf, openSession, type Session } from "../../run/session.js";
import type { LabLink } from "../run-link.js";
import { askForWork } from "./ask-for-work.js";

/** One lab of a run, from its building to its removal. */
export interface LabWorker {
  /** Builds the lab. What fails is in the history. */
  open(): Promise<void>;
  /** Does the trials that it is given, until there are no more, or the lab is not fit for another one. Throws `interrupted`. */
  work(): Promise<void>;
  /** Waits for what is going on, which heals what it broke, and removes the lab; any number of times, at any moment. */
  close(): Promise<void>;
}

export function labWorker(link: LabLink, provider: Provider, stop: AbortSignal): LabWorker {
  const { suite, release, labName, folder, keep, logFolder, seed } = link;
  let history: HistoryWriter | undefined;
  let session: Session | undefined;
  let busy: Promise<unknown> = Promise.resolve();
  let closed: Promise<void> | undefined;

  async function trials(opened: Session): Promise<void> {
    const { lab } = opened;
    const desk = askForWork(link.desk, labName);
    const over = AbortSignal.any([stop, lab.lost]);
    over.addEventListener("abort", desk.leave);
    try {
      let isFit = true;
      let isUsed = false;
      while (isFit && !over.aborted) {
        const given = await desk.next();
        if (given === null) {
          // Lost while it waited for its turn.
          if (lab.lost.aborted) opened.record({ type: "lab-failed", ...failureOf(lab.lost.reason) });
          return;
        }
        const { scenario, trial } = given;
        const phaseMs = drawPhaseMs(lab.definition, scenario, { seed, suite, trial });
        // Each trial of a lab that can be reset begins from the very same state, also after one that could not be healed.
        if (isUsed && lab.reset && !(await resetLab(opened, lab.reset, over))) return;
        isUsed = true;
        isFit = await runTrial(opened, { suite, scenario, trial, phaseMs, signal: stop });
        isFit ||= lab.reset !== undefined;
      }
    } finally {
      over.removeEventListener("abort", desk.leave);
      desk.leave();
    }
  }

  async function closeAll(): Promise<void> {
    await busy.catch(() => undefined);
    await session?.close();
    history?.write({ type: "suite-ended", lab: labName, suite });
    history?.close();
  }

  return {
    async open() {
      const definition = await loadDefinition(folder, { faultKinds: Object.keys(FAULTS), release });
      history = openHistory(link.historyFile, { baseUs: link.baseUs });
      history.write({ type: "suite-started", lab: labName, suite, definition, pid: process.pid });
      const opening = openSession({ provider, history, name: labName, definition, folder, keep, logFolder, signal: stop });
      busy = opening;
      session = await opening;
    },
    async work() {
      if (session === undefined) throw new HachaosError("lab-lost", "there is no lab");
      const working = trials(session);
      busy = working;
      await working;
    },
    close: () => (closed ??= closeAll()),
  };
}
