import type { Budget, BudgetTerm } from "./budget.js";
import type { Cost } from "./cost.js";
import type { ClusterDefinition } from "./definition.js";
import { formatDuration } from "./duration.js";
import { failbackCosts, faultCosts, type CostlyFault } from "./fault-costs.js";

/**
 * How long the service may be dark after a fault, in ms: the definition's own limit, else the most that every step may cost, with the
 * slack. The floor is the same sum without the time that need not be used up; a limit below it gets a warning.
 */
export function budgetFor(definition: ClusterDefinition, fault: CostlyFault | null): Budget {
  const found = faultCosts(definition, fault);
  if (fault === null || found === null) return { ms: 0, terms: [], source: "computed", floorMs: 0, warning: null };
  return asBudget(found.costs, found.warning, ownLimit(definition, fault.kind));
}

/** How long the service may be dark once more when it moves back after healing, in ms. */
export function failbackBudgetFor(definition: ClusterDefinition): Budget {
  return asBudget(failbackCosts(definition, null).dark, null, definition.failbackBudgetMs);
}

function asBudget(costs: Cost[], warning: string | null, own: number | null): Budget {
  const total = (some: Cost[]) => some.reduce((sum, cost) => sum + cost.mostMs, 0);
  const floorMs = total(costs.filter((cost) => cost.slack !== true));
  const below = `the definition's limit of ${formatDuration(own ?? 0)} is below ${formatDuration(floorMs)}, the worst case of this configuration`;
  const warnings = [warning, own !== null && own < floorMs ? below : null].filter((text) => text !== null);
  return {
    ms: own ?? total(costs),
    terms: costs.map(termOf),
    source: own === null ? "computed" : "definition",
    floorMs,
    warning: warnings.length === 0 ? null : warnings.join("; "),
  };
}

function termOf({ name, mostMs, source, slack }: Cost): BudgetTerm {
  return { name, ms: mostMs, source, ...(slack === true && { slack }) };
}

function ownLimit({ promises, budgets }: ClusterDefinition, kind: string): number | null {
  const within = promises.flatMap((promise) => (promise.kind === "survives" && promise.fault === kind ? [promise.withinMs] : []));
  const limits = within.filter((ms) => ms !== null);
  return limits.length > 0 ? Math.min(...limits) : (budgets[kind] ?? null);
}
