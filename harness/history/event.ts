import { z } from "zod";
import type { ClusterDefinition } from "../cluster/definition.js";
import type { Budget } from "../cluster/budget.js";
import { drawing, faultSpec } from "./fault-facts.js";
import { runBegan } from "./run-began.js";

export type { Drawing, FaultSpec } from "./fault-facts.js";

/**
 * The history: one JSON object per line, in the order written. `atUs` is integer microseconds since the run
 * started, on the one monotonic clock that all containers of an engine share (CLOCK_MONOTONIC).
 * Observations carry when they were *seen* (`atUs`); probes carry when they were *sent* (`atUs`) and ended (`endUs`),
 * and are written when they end, so readers sort by `atUs`.
 */
const base = { atUs: z.int() };
const inLab = { ...base, lab: z.string() };
const onNode = { ...inLab, node: z.string() };
/** Embedded documents are validated where they are made; here they are carried. */
const definition = z.custom<ClusterDefinition>((value) => typeof value === "object" && value !== null);
const budget = z.custom<Budget>((value) => typeof value === "object" && value !== null);

export const PROBE_OUTCOMES = ["ok", "refused", "timeout", "reset", "unreachable", "wrong-status", "wrong-page"] as const;
export type ProbeOutcome = (typeof PROBE_OUTCOMES)[number];

export const events = {
  /** First line of every history. `baseUs`: CLOCK_MONOTONIC at atUs 0, in microseconds. */
  "run-started": z.object({
    ...base,
    ...runBegan.shape,
    type: z.literal("run-started"),
    schema: z.literal("hachaos/history@1"),
    baseUs: z.int(),
    pid: z.int(),
  }),
  /**
   * In a merged history: one of the runs it was merged from. The events of its labs keep that run's own time axis, because clocks of
   * different machines cannot be compared and nothing is ever measured across two labs. `endedUs` null: it did not come to its end.
   */
  part: z.object({
    ...base,
    type: z.literal("part"),
    run: runBegan,
    endedUs: z.int().nullable(),
    interrupted: z.boolean(),
    labs: z.array(z.string()),
  }),
  /** `interrupted`: the user stopped the run, wherever it was; what it did not get to proves nothing. */
  "run-ended": z.object({ ...base, type: z.literal("run-ended"), load1: z.number(), interrupted: z.boolean().optional() }),
  /** A suite begins in a lab: carries the definition it is judged by. `folder`: where that was read from, of what was done by hand. */
  "suite-started": z.object({
    ...inLab,
    type: z.literal("suite-started"),
    suite: z.string(),
    definition,
    pid: z.int().optional(),
    folder: z.string().optional(),
  }),
  "suite-ended": z.object({ ...inLab, type: z.literal("suite-ended"), suite: z.string() }),
  /** One step of building or removing the lab; `ms` when it is done. */
  "lab-step": z.object({ ...inLab, type: z.literal("lab-step"), step: z.string(), ms: z.number().nullable() }),
  "lab-ready": z.object({
    ...inLab,
    type: z.literal("lab-ready"),
    bonding: z.string(),
    engine: z.string(),
    image: z.string(),
    /** Versions read from the nodes: corosync, pacemaker, apache2, debian, kernel, ... */
    versions: z.record(z.string(), z.string()),
    mechanisms: z.record(z.string(), z.string()),
    /** How many times longer the same work takes a node than a container beside it; absent: 1. */
    pace: z.number().optional(),
    nodes: z.record(z.string(), z.object({ macs: z.record(z.string(), z.string()) })),
    /** What a full start should have shown but did not, e.g. "VIP does not answer"; empty = normal. */
    missing: z.array(z.string()),
  }),
  /** The lab could not be built or was lost. */
  "lab-failed": z.object({ ...inLab, type: z.literal("lab-failed"), code: z.string(), message: z.string(), hint: z.string() }),

  "trial-started": z.object({
    ...inLab,
    type: z.literal("trial-started"),
    suite: z.string(),
    test: z.string(),
    trial: z.int(),
    fault: faultSpec.nullable(),
    /** Who must serve in the end: the node that did before, or another one. */
    expect: z.object({ servedBy: z.enum(["same", "standby"]) }),
    budget,
    failbackBudget: budget,
    /** Random wait before the fault, against the phase of monitors and token; ms, drawn from the run's seed. */
    phaseMs: z.number().optional(),
    /** How long the scenario asked to watch, ms; absent: as long as its fault needs. */
    watchMs: z.number().nullable().optional(),
  }),
  "fault-injecting": z.object({ ...inLab, type: z.literal("fault-injecting"), fault: faultSpec, nodes: z.array(z.string()), drawing }),
  /** Injected and read back from the real system; `evidence` says what was read. */
  "fault-proven": z.object({ ...inLab, type: z.literal("fault-proven"), evidence: z.array(z.string()) }),
  "fault-not-proven": z.object({ ...inLab, type: z.literal("fault-not-proven"), message: z.string() }),
  /** The watching time after the fault is over; `settled`: the expected node served in time. */
  observed: z.object({ ...inLab, type: z.literal("observed"), settled: z.boolean(), lastSeen: z.string() }),
  "fault-healing": z.object({ ...inLab, type: z.literal("fault-healing") }),
  "fault-healed": z.object({ ...inLab, type: z.literal("fault-healed"), evidence: z.array(z.string()) }),
  "fault-not-healed": z.object({ ...inLab, type: z.literal("fault-not-healed"), message: z.string() }),
  /** The heal gate before the next trial: everything back to normal, or what is not. */
  gate: z.object({ ...inLab, type: z.literal("gate"), passed: z.boolean(), missing: z.array(z.string()), waitedMs: z.number() }),
  /** `status`: done = ran to its end; not-started = refused (reason says why); lost = the lab went away; interrupted = by the user. */
  "trial-ended": z.object({
    ...inLab,
    type: z.literal("trial-ended"),
    status: z.enum(["done", "not-started", "lost", "interrupted"]),
    reason: z.string(),
  }),
  /** A command run on a lab's host by hachaos itself. */
  command: z.object({ ...onNode, type: z.literal("command"), argv: z.array(z.string()), exitCode: z.int(), ms: z.number() }),

  /**
   * One HTTP request with a connection of its own; `scheduledUs` - what the open model wanted. `sentUs`: by then its connection
   * request had left; `connectedUs`: it was accepted, null: it never was.
   */
  http: z.object({
    ...inLab,
    type: z.literal("http"),
    endUs: z.int(),
    scheduledUs: z.int(),
    sentUs: z.int().optional(),
    connectedUs: z.int().nullable().optional(),
    outcome: z.enum(PROBE_OUTCOMES),
    status: z.int().nullable(),
    servedBy: z.string().nullable(),
    error: z.string().nullable(),
  }),
  /** One HTTP request of the client that keeps its connection (and opens another when that breaks): what browsers and proxies feel. */
  "http-kept": z.object({
    ...inLab,
    type: z.literal("http-kept"),
    endUs: z.int(),
    scheduledUs: z.int(),
    outcome: z.enum(PROBE_OUTCOMES),
    servedBy: z.string().nullable(),
    error: z.string().nullable(),
    /** Which connection it went over, counted from 1. */
    connection: z.int(),
  }),
  /** What an agent of ours costs and how late it is: CPU time over the last `overMs`, and the longest delay of its event loop. */
  "agent-load": z.object({
    ...onNode,
    type: z.literal("agent-load"),
    name: z.string(),
    overMs: z.number(),
    cpuMs: z.number(),
    lagMs: z.number(),
  }),
  /** Who answers for an address, as the client's neighbour table has it. `mac` null: nobody. */
  neighbour: z.object({ ...onNode, type: z.literal("neighbour"), address: z.string(), mac: z.string().nullable(), initial: z.boolean() }),
  /**
   * The result of a resource operation as the CIB's status has it (lrm_rsc_op), seen on `node`; written once for each new result.
   * `changedAtS`: last-rc-change, epoch seconds. `execMs` and `queueMs` as the executor measured them.
   */
  operation: z.object({
    ...onNode,
    type: z.literal("operation"),
    resource: z.string(),
    on: z.string(),
    task: z.string(),
    intervalMs: z.number(),
    rc: z.int(),
    rcText: z.string(),
    call: z.int(),
    execMs: z.number().nullable(),
    queueMs: z.number().nullable(),
    changedAtS: z.number().nullable(),
    initial: z.boolean(),
  }),
  /** How the HTTP probe works; written when it starts. `keptPeriodMs`: the period of the one that keeps its connection. */
  "http-probe": z.object({
    ...inLab,
    type: z.literal("http-probe"),
    url: z.string(),
    periodMs: z.number(),
    timeoutMs: z.number(),
    keptPeriodMs: z.number().optional(),
  }),
  /** An address on a node's interface: `present` after the change (or as found when the observer started: `initial`). */
  address: z.object({
    ...onNode,
    type: z.literal("address"),
    address: z.string(),
    device: z.string(),
    present: z.boolean(),
    initial: z.boolean(),
  }),
  /** Carrier of a NIC or bond. */
  link: z.object({ ...onNode, type: z.literal("link"), device: z.string(), carrier: z.boolean(), initial: z.boolean() }),
  /** The active leg of a bond, as the bonding implementation tells it. */
  bond: z.object({
    ...{ ...onNode, type: z.literal("bond"), bond: z.string(), active: z.string().nullable() },
    /** How often each leg lost its link since it is part of the bond (/proc/net/bonding); absent: the implementation does not count. */
    linkFailures: z.record(z.string(), z.int()).optional(),
    initial: z.boolean(),
  }),
  /** What crm_mon says on this node; written when it differs from the last one there. */
  cluster: z.object({
    ...onNode,
    type: z.literal("cluster"),
    dc: z.string().nullable(),
    quorate: z.boolean(),
    nodes: z.array(
      z.object({
        name: z.string(),
        online: z.boolean(),
        unclean: z.boolean(),
        standby: z.boolean(),
        attributes: z.record(z.string(), z.string()),
      }),
    ),
    resources: z.array(
      z.object({
        id: z.string(),
        role: z.string(),
        nodes: z.array(z.string()),
        failed: z.boolean(),
        blocked: z.boolean(),
        managed: z.boolean(),
      }),
    ),
    failCounts: z.array(z.object({ node: z.string(), resource: z.string(), count: z.string() })),
    bans: z.array(z.object({ id: z.string(), resource: z.string(), node: z.string() })),
  }),
  /** Membership (`member`) or knet link state (`link`) as corosync tells it through cmap. */
  corosync: z.object({
    ...onNode,
    type: z.literal("corosync"),
    what: z.enum(["member", "link"]),
    peer: z.string(),
    link: z.int().nullable(),
    up: z.boolean(),
    initial: z.boolean(),
  }),
  /**
   * The node's wall clock, ms since the epoch: as found when its observer started, and whenever it was set since. `errorMs`: it was read
   * over a network, half a round trip off at most; whatever else is told of that node was seen as much later.
   */
  clock: z.object({ ...onNode, type: z.literal("clock"), wallMs: z.number(), errorMs: z.number().optional() }),
  /** A log line as the daemon wrote it. */
  log: z.object({ ...onNode, type: z.literal("log"), source: z.string(), text: z.string() }),
  /** A node lost or got power: by us, or by whoever else switched it, as its observer found. */
  power: z.object({ ...onNode, type: z.literal("power"), on: z.boolean() }),
  /** An observer began or ended; without it, silence proves nothing. */
  observer: z.object({
    ...inLab,
    type: z.literal("observer"),
    name: z.string(),
    node: z.string(),
    running: z.boolean(),
    reason: z.string(),
  }),
} as const;

export const historyEvent = z.discriminatedUnion("type", [
  events["run-started"],
  events.part,
  events["run-ended"],
  events["suite-started"],
  events["suite-ended"],
  events["lab-step"],
  events["lab-ready"],
  events["lab-failed"],
  events["trial-started"],
  events["fault-injecting"],
  events["fault-proven"],
  events["fault-not-proven"],
  events.observed,
  events["fault-healing"],
  events["fault-healed"],
  events["fault-not-healed"],
  events.gate,
  events["trial-ended"],
  events.command,
  events.http,
  events["http-probe"],
  events["http-kept"],
  events["agent-load"],
  events.neighbour,
  events.operation,
  events.address,
  events.link,
  events.bond,
  events.cluster,
  events.corosync,
  events.clock,
  events.log,
  events.power,
  events.observer,
]);

export type HistoryEvent = z.infer<typeof historyEvent>;
export type EventType = HistoryEvent["type"];
export type EventOf<T extends EventType> = Extract<HistoryEvent, { type: T }>;
