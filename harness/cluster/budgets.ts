import type { Budget, BudgetTerm } from "./budget.js";
import * as allowance from "./budget-allowances.js";
import type { ClusterDefinition, CrmResource } from "./definition.js";
import { formatDuration } from "./duration.js";
import { pingTerms } from "./ping-time.js";
import { pingResource, serviceResource } from "./resources.js";
import { bondOf, serviceBond } from "./topology.js";

/** The fault a budget is for; null is the quiet baseline. */
export interface BudgetedFault {
  kind: string;
  params?: Record<string, unknown>;
}

/** What the configuration adds up to; a warning says what it cannot promise at all. */
interface Sum {
  terms: BudgetTerm[];
  warning: string | null;
}

const QUIET = ["none", "baseline"];

/** One entry for each fault whose time follows from the configuration. */
const SUMS: Record<string, (definition: ClusterDefinition, params: Record<string, unknown>) => Sum> = {
  "link-down": linkDown,
  "private-links-cut": privateLinksCut,
  "apache-kill": serviceKill,
  "gateway-blackhole": gatewayBlackhole,
  "node-power-off": nodePowerOff,
};

/**
 * How long the service may be dark after a fault, in ms: the definition's own limit, else what the configuration adds up to. The floor is
 * the same sum without the time that need not be used up; a limit below it gets a warning.
 */
export function budgetFor(definition: ClusterDefinition, fault: BudgetedFault | null): Budget {
  if (fault === null || QUIET.includes(fault.kind)) return { ms: 0, terms: [], source: "computed", floorMs: 0, warning: null };
  const sum = SUMS[fault.kind]?.(definition, fault.params ?? {}) ?? { terms: [allowance.unknownFault(fault.kind)], warning: null };
  return asBudget(sum, ownLimit(definition, fault.kind));
}

/** How long the service may be dark once more when it moves back after healing, in ms. */
export function failbackBudgetFor(definition: ClusterDefinition): Budget {
  return asBudget({ terms: allowance.move(), warning: null }, definition.failbackBudgetMs);
}

/** Whether the resource is looked at again after its start: the shortest interval of its monitors and that one's timeout, or null. */
export function recurringMonitor(resource: CrmResource): { intervalMs: number; timeoutMs: number } | null {
  const monitors = resource.ops.filter((op) => op.name === "monitor" && op.intervalMs > 0).sort((a, b) => a.intervalMs - b.intervalMs);
  const [monitor] = monitors;
  if (monitor === undefined) return null;
  return { intervalMs: monitor.intervalMs, timeoutMs: monitor.timeoutMs ?? allowance.DEFAULT_OP_TIMEOUT_MS };
}

function asBudget({ terms, warning }: Sum, own: number | null): Budget {
  const total = (some: BudgetTerm[]) => some.reduce((sum, term) => sum + term.ms, 0);
  const floorMs = total(terms.filter((term) => term.slack !== true));
  const below = `the definition's limit of ${formatDuration(own ?? 0)} is below ${formatDuration(floorMs)}, the worst case of this configuration`;
  const warnings = [warning, own !== null && own < floorMs ? below : null].filter((text) => text !== null);
  return {
    ms: own ?? total(terms),
    terms,
    source: own === null ? "computed" : "definition",
    floorMs,
    warning: warnings.length === 0 ? null : warnings.join("; "),
  };
}

function ownLimit({ promises, budgets }: ClusterDefinition, kind: string): number | null {
  const within = promises.flatMap((promise) => (promise.kind === "survives" && promise.fault === kind ? [promise.withinMs] : []));
  const limits = within.filter((ms) => ms !== null);
  return limits.length > 0 ? Math.min(...limits) : (budgets[kind] ?? null);
}

function linkDown(definition: ClusterDefinition, params: Record<string, unknown>): Sum {
  const named = typeof params["nic"] === "string" ? bondOf(definition, params["nic"]) : null;
  const bond = named ?? serviceBond(definition);
  if (bond === null || bond.network !== serviceBond(definition)?.network) {
    return { terms: [allowance.notTheService(bond?.name ?? "the NIC"), ...allowance.client()], warning: null };
  }
  const from = (key: string) => `cluster.yaml: bonds.${bond.name}.${key}`;
  const terms: BudgetTerm[] = [
    { name: `${bond.name} looks at the carrier`, ms: bond.miimonMs, source: from("miimon") },
    { name: `${bond.name} waits before it takes the other NIC`, ms: bond.downdelayMs, source: from("downdelay") },
    ...allowance.client(),
  ];
  const blind = bond.miimonMs === 0 ? `${bond.name} does not look at the carrier (miimon 0), so it never takes the other NIC` : null;
  const single = bond.nics.length < 2 ? `${bond.name} has no second NIC` : null;
  return { terms, warning: blind ?? single };
}

function privateLinksCut(definition: ClusterDefinition): Sum {
  const { tokenMs, links, knetPingTimeoutMs = tokenMs / 2 } = definition.corosync.totem;
  const spare = Object.values(links).every((addresses) => addresses.length > 1);
  const slow = knetPingTimeoutMs >= tokenMs;
  const lost = spare
    ? `knet waits ${formatDuration(knetPingTimeoutMs)} for a link, not less than the token`
    : "corosync has no second link";
  return {
    terms: [allowance.notTheService("the private network"), ...allowance.client()],
    warning:
      spare && !slow
        ? null
        : `${lost}: without the private network the nodes lose each other, and each takes the service unless one is fenced`,
  };
}

function serviceKill(definition: ClusterDefinition): Sum {
  const { path } = definition.pacemaker;
  const resource = serviceResource(definition);
  const id = resource?.id ?? definition.service.process;
  const monitor = resource === null ? null : recurringMonitor(resource);
  if (monitor === null) {
    return {
      terms: [...allowance.watchedAnyway(), ...allowance.move()],
      warning: `no recurring monitor of ${id} in ${path}: nothing notices that it is gone, so no time can be promised; the limit is only how long is watched`,
    };
  }
  const { intervalMs, timeoutMs } = monitor;
  return {
    terms: [
      { name: `${id} is looked at`, ms: intervalMs, source: `${path}: op monitor interval of ${id}` },
      {
        name: `the monitor of ${id} may hang`,
        ms: timeoutMs,
        source: `${path}: op monitor timeout of ${id}, or Pacemaker's 20 s`,
        slack: true,
      },
      ...allowance.move(),
    ],
    warning: null,
  };
}

function gatewayBlackhole(definition: ClusterDefinition): Sum {
  const ping = pingResource(definition);
  const { path } = definition.pacemaker;
  const monitor = ping === null ? null : recurringMonitor(ping);
  if (ping === null || monitor === null) {
    const missing = ping === null ? "no ocf:pacemaker:ping" : `no recurring monitor of ${ping.id}`;
    return {
      terms: [...allowance.watchedAnyway(), ...allowance.move()],
      warning: `${missing} in ${path}: nothing notices that the gateway is gone, so no time can be promised; the limit is only how long is watched`,
    };
  }
  return { terms: [...pingTerms(ping, monitor, path), ...allowance.move()], warning: null };
}

function nodePowerOff(definition: ClusterDefinition): Sum {
  const { path, totem } = definition.corosync;
  const { properties } = definition.pacemaker.crm;
  // Fencing is on unless it is switched off (Pacemaker Explained, stonith-enabled).
  const fenced = !["false", "no", "off", "0", "n"].includes((properties["stonith-enabled"] ?? "true").toLowerCase());
  return {
    terms: [
      { name: "the node is missed", ms: totem.tokenMs, source: `${path}: token (with token_coefficient from 3 nodes on)` },
      { name: "the others agree without it", ms: totem.consensusMs, source: `${path}: consensus` },
      ...(fenced ? [allowance.fencing(properties["stonith-timeout"])] : []),
      ...allowance.start(),
      allowance.election(),
    ],
    warning: null,
  };
}
