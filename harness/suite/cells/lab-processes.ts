import { join } from "node:path";
import type { HistoryEvent } from "../../history/event.js";
import type { HistoryWriter } from "../../history/history-writer.js";
import type { RunFolder } from "../../history/run-store.js";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { whenAborted } from "../../kernel/when-aborted.js";
import { providerOf } from "../../lab/providers.js";
import { labNames } from "../lab-names.js";
import type { LabLink } from "../run-link.js";
import type { Lot } from "./lots.js";

/** Runs a suite file for a lab, in a process of its own; settles when that has ended. */
export type RunFile = (file: string, link: LabLink) => Promise<void>;

export interface LabProcessesRequest extends Pick<LabLink, "provider" | "seed" | "keep"> {
  run: RunFolder;
  history: HistoryWriter;
  signal: AbortSignal;
  runFile: RunFile;
}

/** The processes that hold the labs of a run, each with one. */
export interface LabProcesses {
  /** Starts one; settles when process and lab are gone. `builds`: the lab has done its first step. */
  start(lot: Lot, desk: string, builds: () => void): { lab: string; over: Promise<void> };
  /** What they write into the history is how they are known. */
  note(event: HistoryEvent): void;
  /** The newest lab of a suite, also of one that has none. */
  labOf(lot: Lot): string;
}

export function labProcesses({ run, history, signal, runFile, ...common }: LabProcessesRequest): LabProcesses {
  const running = new Map<string, { pid: number | null; builds: () => void }>();
  const newest = new Map<Lot, string>();
  const nameFor = labNames(run.id);
  // A signal sent to us alone must reach the processes that hold the labs.
  signal.addEventListener("abort", () => {
    for (const { pid } of running.values()) if (pid !== null) interrupt(pid);
  });

  return {
    start(lot, desk, builds) {
      const { folder, file, definition } = lot.file;
      const lab = nameFor(folder);
      newest.set(lot, lab);
      running.set(lab, { pid: null, builds });
      const stored = { historyFile: run.history, baseUs: history.baseUs, logFolder: join(run.dir, "nodes", lab) };
      const link: LabLink = {
        purpose: "lab",
        folder,
        suite: lot.suite,
        release: definition.release,
        labName: lab,
        desk,
        ...stored,
        ...common,
      };
      const loads = () => running.get(lab)?.pid === null;
      const ended = runFile(file, link).catch((error: unknown) =>
        signal.aborted && loads() ? undefined : cleanAfter(error, link, history),
      );
      // One that was still loading at a Ctrl-C has no lab, and builds none. Nobody waits for it: a helper that vitest loads with may be gone.
      const stopped = whenAborted(signal).then(() => (loads() ? undefined : ended));
      return { lab, over: Promise.race([ended, stopped]).finally(() => running.delete(lab)) };
    },
    note(event) {
      const process = "lab" in event ? running.get(event.lab) : undefined;
      if (process === undefined) return;
      if (event.type === "lab-step" && event.ms !== null) process.builds();
      if (event.type !== "suite-started" || event.pid === undefined) return;
      process.pid = event.pid;
      // It was still loading when the signal came.
      if (signal.aborted) interrupt(event.pid);
    },
    labOf: (lot) => newest.get(lot) ?? nameFor(lot.file.folder),
  };
}

/** The process that holds a lab broke, which the history tells of, and its lab is removed from here. */
async function cleanAfter(error: unknown, { labName, provider, keep }: LabLink, history: HistoryWriter): Promise<void> {
  const { code, message, hint } = new HachaosError("lab-lost", `the process that held the lab ended: ${messageOf(error)}`);
  try {
    history.write({ type: "lab-failed", lab: labName, code, message, hint });
  } finally {
    // Without an engine it stays, which the lab's own failure told already: hachaos down --all removes it later.
    if (!keep)
      await providerOf(provider)
        .remove?.(labName)
        .catch(() => undefined);
  }
}

function interrupt(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // It ended meanwhile.
  }
}
