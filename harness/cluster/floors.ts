import type { Cost } from "./cost.js";
import type { ClusterDefinition } from "./definition.js";
import { failbackCosts, faultCosts, type CostlyFault } from "./fault-costs.js";
import type { PhaseName } from "./phase-names.js";

/**
 * What the configuration alone makes a phase take, ms: at least `leastMs`, at most `mostMs`. They differ where the phase waits for a
 * cycle; beyond the most, nothing in the configuration explains the time.
 */
export interface Floor {
  leastMs: number;
  mostMs: number;
  /** The terms it is made of, each with its number and where that comes from. */
  source: string;
}

export type Floors = Partial<Record<PhaseName, Floor>>;

/** The floor of each phase that the configuration says something about. Without the budget's slack: that is time it need not take. */
export function floorsFor(definition: ClusterDefinition, fault: CostlyFault | null): Floors {
  return byPhase(faultCosts(definition, fault)?.costs ?? []);
}

/** The same for the way back after healing. */
export function failbackFloorsFor(definition: ClusterDefinition, fault: CostlyFault | null): Floors {
  const { before, dark } = failbackCosts(definition, fault);
  return byPhase([...before, ...dark]);
}

function byPhase(costs: readonly Cost[]): Floors {
  const floors: Floors = {};
  for (const { phase, name, leastMs, mostMs, source, slack } of costs) {
    if (slack === true) continue;
    const sum = floors[phase] ?? { leastMs: 0, mostMs: 0, source: "" };
    const text = `${name}: ${range(leastMs, mostMs)} (${source})`;
    floors[phase] = {
      leastMs: sum.leastMs + leastMs,
      mostMs: sum.mostMs + mostMs,
      source: sum.source === "" ? text : `${sum.source}; ${text}`,
    };
  }
  return floors;
}

function range(leastMs: number, mostMs: number): string {
  const seconds = (ms: number) => String(ms / 1000);
  return leastMs === mostMs ? `${seconds(mostMs)} s` : `${seconds(leastMs)} to ${seconds(mostMs)} s`;
}
