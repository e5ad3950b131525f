import { cycleOf } from "../cluster/cycles.js";
import type { ClusterDefinition } from "../cluster/definition.js";
import { randomFor } from "../kernel/random.js";
import type { Scenario } from "./scenario.js";

/** What a trial's random numbers belong to. */
export interface TrialName {
  seed: number;
  suite: string;
  /** Number of the repetition, from 1. */
  trial: number;
}

/**
 * How long a trial waits before its fault, whole ms: anywhere in the longest cycle that the fault may fall into, evenly. It follows from
 * the run's seed and the trial's own name, so that filters, shards and the order of tests do not change it.
 */
export function drawPhaseMs(definition: ClusterDefinition, scenario: Scenario, { seed, suite, trial }: TrialName): number {
  return Math.floor(randomFor(seed, suite, scenario.name, trial) * cycleOf(definition, scenario.fault));
}
