import type { Lab } from "../lab/lab.js";

/**
 * What a probe saw: an event of the history before it is placed on the run's axis. `us` (and `endUs`, `scheduledUs`)
 * are CLOCK_MONOTONIC microseconds. The run checks it against the history's schema when it writes it down.
 */
export type Observation = { type: string; us?: number } & Record<string, unknown>;

export interface RunningProbe {
  stop(): Promise<void>;
}

export interface Probe {
  name: string;
  summary: string;
  start(lab: Lab, emit: (observation: Observation) => void): Promise<RunningProbe>;
}
