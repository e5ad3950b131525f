import { faultWindow, probesIn, quietWindow, type Probe, type Timed, type Window } from "./windows.js";

/** A run of good answers from one node. */
export interface Serving {
  node: string;
  first: Probe;
  last: Probe;
}

/** Node of the last good answer before the fault (without a fault: of the first good answer); null: none. */
export function servedBefore(trial: Timed): string | null {
  const answers = probesIn(trial, quietWindow(trial)).filter(answered);
  return (trial.marks.injecting === null ? answers[0] : answers.at(-1))?.servedBy ?? null;
}

/** Node of the last answers before healing (without a fault: of the trial); null when the service was dark then. */
export function servedAfter(trial: Timed): string | null {
  const last = probesIn(trial, faultWindow(trial) ?? quietWindow(trial)).at(-1);
  return last?.outcome === "ok" ? last.servedBy : null;
}

/** Who served one after the other within a window, by the answers; failures in between do not end a run. */
export function servingsIn(trial: Timed, window: Window): Serving[] {
  const runs: Serving[] = [];
  for (const probe of probesIn(trial, window)) {
    if (!answered(probe)) continue;
    const run = runs.at(-1);
    if (run?.node === probe.servedBy) run.last = probe;
    else runs.push({ node: probe.servedBy, first: probe, last: probe });
  }
  return runs;
}

/** A good answer that names its node. */
export function answered(probe: Probe): probe is Probe & { servedBy: string } {
  return probe.outcome === "ok" && probe.servedBy !== null;
}
