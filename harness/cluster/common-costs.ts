import { always, upTo, type Cost } from "./cost.js";
import { parseDurationMs } from "./duration.js";

/** Pacemaker Explained, "Resource Operations": the timeout of an operation that names none. */
export const DEFAULT_OP_TIMEOUT_MS = 20_000;
/** The interval the apache, IPaddr2 and ping agents' metadata advise. */
export const ADVISED_INTERVAL_MS = 10_000;
/** Pacemaker Explained, stonith-timeout. */
const DEFAULT_FENCING_MS = 60_000;

/** Stopping here and starting there. */
export function move(): Cost[] {
  return [
    {
      phase: "stop",
      name: "the service stops",
      ...upTo(2000),
      source: "ocf:heartbeat:apache looks once a second whether its stop is done (graceful_stop, signal_children)",
    },
    {
      phase: "stop",
      name: "clients that keep their connection are waited for",
      ...upTo(2000),
      source:
        "httpd lingers 2 s on a connection that its client does not close, and it hears of no close once the address is gone (SECONDS_TO_LINGER); " +
        "measured: stops of 1.6 to 3.1 s without such a client, 3.1 to 4.2 s with one (docs/timing.md)",
    },
    ...start(),
  ];
}

/** The service is dead already: what it left is cleared away, and it starts on the other node. */
export function moveDead(): Cost[] {
  return [
    {
      phase: "stop",
      name: "what is left of the service is stopped",
      ...upTo(1500),
      source: "ocf:heartbeat:apache looks once a second whether its stop is done (signal_children)",
    },
    ...start(),
  ];
}

/** Starting on a node, the other being gone. */
export function start(): Cost[] {
  return [
    {
      phase: "vip up",
      name: "the address is added",
      ...upTo(300),
      source:
        "ocf:heartbeat:IPaddr2 adds it at once (add_interface) and announces it from the background; its shell takes 0.1 to 0.3 s here",
    },
    {
      phase: "service start",
      name: "the service starts",
      ...upTo(1200),
      source: "ocf:heartbeat:apache looks at once whether its start is done, then once a second (apache_start)",
    },
    {
      phase: "first answer",
      name: "room for a busy host",
      ...upTo(2000),
      source: "allowance: moving took 2.2 s in all when measured on two shared cores",
      slack: true,
    },
  ];
}

/** Between losing a member and acting on it. */
export function election(): Cost {
  return {
    phase: "decision",
    name: "the remaining nodes choose who decides",
    ...upTo(2000),
    source: "allowance: corosync reforms in about 50 ms (corosync.conf(5), token), then pacemaker may need a new coordinator",
    slack: true,
  };
}

/** Until fencing is done: it may be instant, or use up its time. */
export function fencing(timeout: string | undefined): Cost {
  return {
    phase: "decision",
    name: "the lost node is fenced",
    ...upTo((timeout === undefined ? null : parseDurationMs(timeout, "s")) ?? DEFAULT_FENCING_MS),
    source: "stonith-timeout, by default 60 s (Pacemaker Explained)",
    slack: true,
  };
}

/** What a client adds that sends its first packet while nothing answers. */
export function client(): Cost[] {
  return [
    {
      phase: "first answer",
      name: "a client's lost packet is sent again",
      ...upTo(1000),
      source: "RFC 6298, 2.1: the first retransmission comes after 1 s",
      slack: true,
    },
    {
      phase: "first answer",
      name: "room for a busy host",
      ...upTo(500),
      source: "allowance: Open vSwitch in userspace shares the cores with all nodes",
      slack: true,
    },
  ];
}

/** Clients do not come this way: nothing in the configuration makes them wait. */
export function notTheService(what: string): Cost {
  return {
    phase: "detection",
    name: `clients do not use ${what}`,
    ...always(0),
    source: "cluster.yaml: the service's address is on another network",
  };
}

/** Nothing will be noticed; this is how long a trial looks before it says so: as if the agent's advice had been followed. */
export function watchedAnyway(): Cost[] {
  return [
    {
      phase: "detection",
      name: "watched for a usual monitor interval",
      ...upTo(ADVISED_INTERVAL_MS),
      source: "the agents' metadata: monitor interval=10s",
      slack: true,
    },
    {
      phase: "detection",
      name: "watched for a usual monitor timeout",
      ...upTo(DEFAULT_OP_TIMEOUT_MS),
      source: "Pacemaker's default operation timeout",
      slack: true,
    },
  ];
}

/** A fault whose time does not follow from the configuration. */
export function unknownFault(kind: string): Cost {
  return {
    phase: "detection",
    name: `default limit of ${kind}`,
    ...upTo(30_000),
    source: `hachaos has no arithmetic for it; set budgets.${kind} in cluster.yaml`,
    slack: true,
  };
}
