import type { BudgetTerm } from "./budget.js";
import { parseDurationMs } from "./duration.js";

/** Pacemaker Explained, "Resource Operations": the timeout of an operation that names none. */
export const DEFAULT_OP_TIMEOUT_MS = 20_000;
/** The interval the apache, IPaddr2 and ping agents' metadata advise. */
const ADVISED_INTERVAL_MS = 10_000;
/** Pacemaker Explained, stonith-timeout. */
const DEFAULT_FENCING_MS = 60_000;

/** Stopping here and starting there. */
export function move(): BudgetTerm[] {
  return [
    {
      name: "the service stops",
      ms: 1500,
      source: "ocf:heartbeat:apache looks once a second whether its stop is done (graceful_stop, signal_children)",
    },
    ...start(),
  ];
}

/** Starting on a node, the other being gone. */
export function start(): BudgetTerm[] {
  return [
    {
      name: "the service starts",
      ms: 1500,
      source: "ocf:heartbeat:apache looks once a second whether its start is done; IPaddr2 announces itself for 1 s (5 times 200 ms)",
    },
    {
      name: "room for a busy host",
      ms: 2000,
      source: "allowance: moving took 2.2 s in all when measured on two shared cores",
      slack: true,
    },
  ];
}

/** Between losing a member and acting on it. */
export function election(): BudgetTerm {
  return {
    name: "the remaining nodes choose who decides",
    ms: 2000,
    source: "allowance: corosync reforms in about 50 ms (corosync.conf(5), token), then pacemaker may need a new coordinator",
    slack: true,
  };
}

/** Until fencing is done: it may be instant, or use up its time. */
export function fencing(timeout: string | undefined): BudgetTerm {
  return {
    name: "the lost node is fenced",
    ms: (timeout === undefined ? null : parseDurationMs(timeout, "s")) ?? DEFAULT_FENCING_MS,
    source: "stonith-timeout, by default 60 s (Pacemaker Explained)",
    slack: true,
  };
}

/** What a client adds that sends its first packet while nothing answers. */
export function client(): BudgetTerm[] {
  return [
    {
      name: "a client's lost packet is sent again",
      ms: 1000,
      source: "RFC 6298, 2.1: the first retransmission comes after 1 s",
      slack: true,
    },
    { name: "room for a busy host", ms: 500, source: "allowance: Open vSwitch in userspace shares the cores with all nodes", slack: true },
  ];
}

/** Clients do not come this way: nothing in the configuration makes them wait. */
export function notTheService(what: string): BudgetTerm {
  return { name: `clients do not use ${what}`, ms: 0, source: "cluster.yaml: the service's address is on another network" };
}

/** Nothing will be noticed; this is how long a trial looks before it says so: as if the agent's advice had been followed. */
export function watchedAnyway(): BudgetTerm[] {
  return [
    { name: "watched for a usual monitor interval", ms: ADVISED_INTERVAL_MS, source: "the agents' metadata: monitor interval=10s" },
    {
      name: "watched for a usual monitor timeout",
      ms: DEFAULT_OP_TIMEOUT_MS,
      source: "Pacemaker's default operation timeout",
      slack: true,
    },
  ];
}

/** A fault whose time does not follow from the configuration. */
export function unknownFault(kind: string): BudgetTerm {
  return {
    name: `default limit of ${kind}`,
    ms: 30_000,
    source: `hachaos has no arithmetic for it; set budgets.${kind} in cluster.yaml`,
    slack: true,
  };
}
