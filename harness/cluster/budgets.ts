import type { Budget, BudgetTerm } from "./budget.js";
import type { Cost } from "./cost.js";
import type { ClusterDefinition } from "./definition.js";
import { formatDuration } from "./duration.js";
import { failbackCosts, faultCosts, type CostlyFault } from "./fault-costs.js";

/**
 * How long the service may be dark after a fault, in ms: the definition's own limit, else the most that every step may cost, with the
 * slack. The floor is the same sum without the time that need not be used up; a limit below it gets a warning. `pace`: how many times longer
 * a slow processor takes for the same work (LabFacts), which is added to either: a limit is set for quick ones.
 */
export function budgetFor(definition: ClusterDefinition, fault: CostlyFault | null, pace = 1): Budget {
  const found = faultCosts(definition, fault);
  if (fault === null || found === null) return { ms: 0, terms: [], source: "computed", floorMs: 0, warning: null };
  return asBudget(found.costs, found.warning, ownLimit(definition, fault.kind), pace);
}

/** How long the service may be dark once more when it moves back after healing, in ms. */
export function failbackBudgetFor(definition: ClusterDefinition, pace = 1): Budget {
  return asBudget(failbackCosts(definition, null).dark, null, definition.failbackBudgetMs, pace);
}

function asBudget(costs: Cost[], warning: string | null, own: number | null, pace: number): Budget {
  const total = (some: Cost[]) => some.reduce((sum, cost) => sum + cost.mostMs, 0);
  const floorMs = total(costs.filter((cost) => cost.slack !== true));
  const below = `the definition's limit of ${formatDuration(own ?? 0)} is below ${formatDuration(floorMs)}, the worst case of this configuration`;
  const warnings = [warning, own !== null && own < floorMs ? below : null].filter((text) => text !== null);
  const slower = slowness(costs, pace);
  return {
    ms: (own ?? total(costs)) + slower.reduce((sum, { ms }) => sum + ms, 0),
    terms: [...costs.map(termOf), ...slower],
    ...(slower[0] && { slowerMs: slower[0].ms }),
    source: own === null ? "computed" : "definition",
    floorMs,
    warning: warnings.length === 0 ? null : warnings.join("; "),
  };
}

/**
 * An agent's operation is shell and the commands it runs; apart from what it sleeps, it takes 0.1 to 0.3 s of a processor: IPaddr2's start,
 * which never sleeps (common-costs.ts, start; docs/timing.md). Seen on nodes that are 30 times slower: IPaddr2's start 6.5 s, its stop 4.7 s, its
 * monitor 4.2 s, apache's stop 6.1 s, its start 20.5 s, and 1 to 2 s from one to the next.
 */
const OPERATION_MS = 300;

function slowness(costs: readonly Cost[], pace: number): BudgetTerm[] {
  const operations = costs.reduce((sum, { operations: own = 0 }) => sum + own, 0);
  if (pace <= 1 || operations === 0) return [];
  return [
    {
      name: `a slow processor, ${pace.toFixed(1)} times slower, at ${operations} operations of agents`,
      ms: Math.round(operations * OPERATION_MS * (pace - 1)),
      source: "measured in this lab when it was built; no part of what is promised for quick processors",
      slack: true,
    },
  ];
}

function termOf({ name, mostMs, source, slack }: Cost): BudgetTerm {
  return { name, ms: mostMs, source, ...(slack === true && { slack }) };
}

function ownLimit({ promises, budgets }: ClusterDefinition, kind: string): number | null {
  const within = promises.flatMap((promise) => (promise.kind === "survives" && promise.fault === kind ? [promise.withinMs] : []));
  const limits = within.filter((ms) => ms !== null);
  return limits.length > 0 ? Math.min(...limits) : (budgets[kind] ?? null);
}
