import type { Scenario } from "../../run/scenario.js";
import { estimatedTrialMs, LAB_MS, type Durations } from "../durations.js";
import type { PlannedTest } from "../plan-suites.js";
import type { SuiteFile } from "../suite-files.js";

/** One repetition of one test. */
export interface PlannedTrial {
  scenario: Scenario;
  /** Number of the repetition, from 1. */
  trial: number;
  /** How long it is expected to take. */
  ms: number;
}

/** All trials of one suite file for one Debian release: a lab is built for one lot, and works on no other. */
export interface Lot {
  suite: string;
  file: SuiteFile;
  trials: PlannedTrial[];
  /** How long its lab is expected to take until it can work. */
  labMs: number;
}

/**
 * The trials of a plan, by suite file, in the order in which they are handed out: as declared for one cell; for several the longest first, so that
 * none is left to be waited for in the end (Graham's rule, as for shards: shard.ts).
 */
export function lotsOf(
  planned: readonly PlannedTest[],
  { repeat, cells, durations }: { repeat: number; cells: number; durations: Durations },
): Lot[] {
  const lots = new Map<string, Lot>();
  for (const { suite, scenario, from: file } of planned) {
    const key = JSON.stringify([file.folder, file.file, file.definition.release]);
    const lot = lots.get(key) ?? { suite, file, trials: [], labMs: durations.labMs(suite) ?? LAB_MS };
    const ms = durations.trialMs(suite, scenario.name) ?? estimatedTrialMs(file.definition, scenario);
    lot.trials.push(...Array.from({ length: repeat }, (_, index) => ({ scenario, trial: index + 1, ms })));
    lots.set(key, lot);
  }
  const all = [...lots.values()];
  if (cells > 1) for (const lot of all) lot.trials.sort((a, b) => b.ms - a.ms);
  return all;
}
