import { z } from "zod";
import { shardOf } from "../history/run-began.js";
import { sampleStatistics } from "../timing/statistics.js";

/** `results.json`: public and schema-versioned. More fields may come; these keep their names. Times in ms. */
export const VERDICTS = ["pass", "fail", "invalid", "error", "interrupted"] as const;
export const verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof verdict>;

/** pass: kept; fail: violated; unknown: not enough evidence; expected: violated, and the definition says it must be; skipped: does not apply. */
export const constraintVerdict = z.enum(["pass", "fail", "unknown", "expected", "skipped"]);
export type ConstraintVerdict = z.infer<typeof constraintVerdict>;

export const gapInterval = z.object({
  minMs: z.number(),
  maxMs: z.number().nullable(),
  /** The interval is the longest dark spell's; how many there were, and their sum. Null: the last one never ended. */
  spells: z.int().optional(),
  totalMinMs: z.number().optional(),
  totalMaxMs: z.number().nullable().optional(),
});

export type GapInterval = z.infer<typeof gapInterval>;

export const budgetResult = z.object({
  ms: z.number(),
  source: z.enum(["computed", "definition"]),
  floorMs: z.number(),
  warning: z.string().nullable(),
  terms: z.array(z.object({ name: z.string(), ms: z.number(), source: z.string() })),
});

/** A pointer into the history: the event's time and a short text of what it says. */
export const evidence = z.object({ atMs: z.number(), node: z.string().nullable(), text: z.string() });
export type Evidence = z.infer<typeof evidence>;

export const constraintResult = z.object({
  id: z.string(),
  title: z.string(),
  verdict: constraintVerdict,
  /** One sentence with numbers. */
  finding: z.string(),
  /** Stable reason code, e.g. no-recurring-monitor; null when kept. */
  reason: z.string().nullable(),
  evidence: z.array(evidence),
});
export type ConstraintResult = z.infer<typeof constraintResult>;

/** What ends a phase, where it was read, and how exact its time is. Structured sources come before logs. */
export const mark = z.object({
  /** address, neighbour, corosync, operation, cluster, log, probe, run. */
  source: z.string(),
  atMs: z.number(),
  /** The true time lies in [atMs - errorMs, atMs]. */
  errorMs: z.number(),
  node: z.string().nullable(),
  text: z.string(),
});
export type MarkResult = z.infer<typeof mark>;

/** The least and the most the configuration alone gives a phase; they differ where it waits for a cycle (a monitor, a ping). */
export const floor = z.object({ leastMs: z.number(), mostMs: z.number(), source: z.string() });

/** Phases are disjoint and follow one another. Null times: not observed; the evidence says what is missing. */
export const phase = z.object({
  name: z.string(),
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
  evidence: z.string(),
  starts: mark.nullable().optional(),
  ends: mark.nullable().optional(),
  /** How much of it the service was dark: over all phases this adds up to the gap's span. */
  darkMs: z.number().optional(),
  /** Null: the configuration says nothing about it. */
  floor: floor.nullable().optional(),
  /** Observed beyond the most that the configuration explains; 0 when within. Null: not observed or no floor. */
  excessMs: z.number().nullable().optional(),
});
export type PhaseResult = z.infer<typeof phase>;

/** Plain advice with numbers, and what is risky about following it. */
export const advice = z.object({ id: z.string(), text: z.string(), savesMs: z.number().nullable(), risk: z.string() });
export type Advice = z.infer<typeof advice>;

export const trialResult = z.object({
  trial: z.int(),
  verdict,
  reason: z.string(),
  fault: z.object({ kind: z.string(), target: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
  proven: z.boolean(),
  /** The time the service was dark; null: no probe evidence. {0,0}: never dark. maxMs null: never came back while watched. */
  gap: gapInterval.nullable(),
  budgetMs: z.number(),
  budget: budgetResult,
  servedBefore: z.string().nullable(),
  servedAfter: z.string().nullable(),
  failback: z
    .object({ gap: gapInterval.nullable(), budgetMs: z.number(), budget: budgetResult, phases: z.array(phase).optional() })
    .nullable(),
  probes: z.object({
    total: z.int(),
    failed: z.int(),
    periodMs: z.number(),
    late: z.int(),
    /** Sent after the schedule wanted it, ms. */
    lateP99Ms: z.number().nullable().optional(),
    latestMs: z.number().nullable().optional(),
    /** By outcome class, `ok` and `wrong-node` (answered by a node without the address) among them. */
    outcomes: z.record(z.string(), z.int()).optional(),
  }),
  /** The same dark time as felt by a client that keeps its connection. */
  kept: z.object({ gap: gapInterval.nullable(), total: z.int(), failed: z.int(), connections: z.int() }).nullable().optional(),
  /** Random wait before the fault, ms. */
  phaseMs: z.number().nullable().optional(),
  advice: z.array(advice).optional(),
  phases: z.array(phase),
  constraints: z.array(constraintResult),
  /** Where the trial lies in the history, ms since the run started. */
  startMs: z.number(),
  faultMs: z.number().nullable(),
  healMs: z.number().nullable(),
  endMs: z.number(),
});
export type TrialResult = z.infer<typeof trialResult>;

/** A trial that is no sample, and why. */
export const leftOut = z.object({ trial: z.int(), verdict, reason: z.string() });

export const testResult = z.object({
  suite: z.string(),
  name: z.string(),
  /** Debian release of its nodes. */
  release: z.string().optional(),
  verdict,
  trials: z.array(trialResult),
  /**
   * Of the gap (middle of its interval) and of each phase by name (of the failback: `failback: <name>`), over the trials that passed or
   * failed. The others measured nothing: `leftOut` names them.
   */
  statistics: z
    .object({
      gap: sampleStatistics,
      failback: sampleStatistics.nullable(),
      phases: z.record(z.string(), sampleStatistics),
      leftOut: z.array(leftOut).optional(),
    })
    .optional(),
});
export type TestResult = z.infer<typeof testResult>;

/** What ran, when, on what. */
const runFacts = z.object({
  id: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  seed: z.number(),
  provider: z.string(),
  bonding: z.string(),
  versions: z.record(z.string(), z.string()),
  argv: z.array(z.string()),
  host: z.record(z.string(), z.union([z.string(), z.number()])),
  image: z.string(),
  mechanisms: z.record(z.string(), z.string()),
  /** Text of every file of the suites' configuration by its path; of cluster.yaml what it resolved to, a line for each value. */
  configuration: z.record(z.string(), z.string()).optional(),
  /** Which part of a plan it was. */
  shard: shardOf.optional(),
  /** How many labs were to work side by side. */
  cells: z.int().optional(),
  /** One for each lab that was started; times in ms since the run (of a merged one: its part) started. Null: not reached. */
  labs: z
    .array(
      z.object({ lab: z.string(), suite: z.string(), startMs: z.number(), readyMs: z.number().nullable(), endMs: z.number().nullable() }),
    )
    .optional(),
});
export type RunFacts = z.infer<typeof runFacts>;

export const results = z.object({
  schema: z.literal("hachaos/results@1"),
  /** `parts`: the runs it was merged from; where they differ, the run's own texts name every value. */
  run: runFacts.extend({ parts: z.array(runFacts).optional() }),
  verdict,
  errors: z.array(z.object({ suite: z.string(), code: z.string(), message: z.string(), hint: z.string() })),
  tests: z.array(testResult),
});
export type Results = z.infer<typeof results>;
