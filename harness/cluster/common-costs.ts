import { always, upTo, type Cost } from "./cost.js";
import type { ClusterDefinition } from "./definition.js";
import { parseDurationMs } from "./duration.js";
import { addressOutlivesService } from "./stop-order.js";

/** Pacemaker Explained, "Resource Operations": the timeout of an operation that names none. */
export const DEFAULT_OP_TIMEOUT_MS = 20_000;
/** The interval the apache, IPaddr2 and ping agents' metadata advise. */
export const ADVISED_INTERVAL_MS = 10_000;
/** Pacemaker Explained, stonith-timeout. */
const DEFAULT_FENCING_MS = 60_000;

/**
 * Stopping a living service here and starting it there. Measured on the maquette, two labs side by side (docs/timing.md): httpd's stop took
 * 1.4 to 2.4 s in 12 stops with an order between address and service, 3.1 to 4.3 s in 12 without.
 */
export function move(definition: ClusterDefinition): Cost[] {
  const stops: Cost = {
    phase: "stop",
    name: "the service stops",
    ...upTo(2500),
    operations: 1,
    source: "ocf:heartbeat:apache looks once a second whether its stop is done (graceful_stop, signal_children)",
  };
  if (addressOutlivesService(definition)) {
    return [
      stops,
      { phase: "stop", name: "the address is taken off after it", ...upTo(500), operations: 1, source: "ocf:heartbeat:IPaddr2, as vip up" },
      ...start(),
    ];
  }
  const source = "no order between address and service, so the address goes first";
  return [
    {
      phase: "stop",
      name: "the address is taken off before it",
      ...upTo(1000),
      operations: 1,
      source: `${source}, mostly in a transition of its own`,
    },
    stops,
    {
      phase: "stop",
      name: "clients that were being served are waited for",
      ...upTo(2000),
      source: `${source}; httpd hears no more of its clients and lingers 2 s on what they left open (SECONDS_TO_LINGER)`,
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
      // The address is stopped as well: it goes where the service goes.
      operations: 2,
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
      // The start, and the first monitor: a busy cluster does one thing at a time (throttle_check_thresholds).
      operations: 2,
      source:
        "ocf:heartbeat:IPaddr2 adds it at once (add_interface) and announces it from the background; its shell takes 0.1 to 0.3 s here",
    },
    {
      phase: "service start",
      name: "the service starts",
      ...upTo(1200),
      // Apache's configuration is read twice, by awk, and then it is looked at as by a monitor (apache_start). Where IPaddr2's start takes 1.1 s, this takes 6.2 s.
      operations: 3,
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

/** Until fencing is done by agents of which nothing is known: it may be instant, or use up its time. */
export function fencing(timeout: string | undefined): Cost {
  return {
    phase: "fencing",
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
