import { statisticsOf, type Sample } from "../timing/statistics.js";
import type { GapInterval, PhaseResult, TestResult, TrialResult } from "./results.js";

/** The times of one thing over the trials of a test; null: not ended while watched. */
export interface Times {
  what: "gap" | "failback" | "phase";
  /** Null unless it is a phase. */
  phase: string | null;
  ms: Sample;
  /** How exact one of them is, typically: two times closer than that are the same. */
  resolutionMs: number;
}

/** What comes after the first answer is our own watching: nothing hangs there. */
const WATCHING = "settle";

/** What a trial measures twice: when the fault strikes, and when the service moves back. */
type Part = "gap" | "failback";

/** Only a trial that was carried out and proven measured something; its verdict may well be a failure. */
export function measured(trials: readonly TrialResult[]): TrialResult[] {
  return trials.filter(({ verdict }) => verdict === "pass" || verdict === "fail");
}

/** The trials that are no samples, with the reason. */
export function leftOutOf(trials: readonly TrialResult[]): { trial: number; verdict: TrialResult["verdict"]; reason: string }[] {
  const samples = measured(trials);
  return trials.filter((trial) => !samples.includes(trial)).map(({ trial, verdict, reason }) => ({ trial, verdict, reason }));
}

/** Gap or failback as the middles of their intervals. */
export function gapTimes(trials: readonly TrialResult[], part: Part): Times {
  const gaps = measured(trials).flatMap((trial) => gapOf(trial, part) ?? []);
  const widths = gaps.flatMap(({ minMs, maxMs }) => (maxMs === null ? [] : [maxMs - minMs]));
  return {
    what: part,
    phase: null,
    ms: gaps.map(({ minMs, maxMs }) => (maxMs === null ? null : (minMs + maxMs) / 2)),
    resolutionMs: Math.max(periodOf(trials), typical(widths) / 2),
  };
}

/** The phases that a comparison of these trials has rows for: observed in one of them, or what one of them hung in. */
export function phaseNames(trials: readonly TrialResult[], part: Part): string[] {
  const known = observed(trials, part);
  const hung = measured(trials).flatMap((trial) => (neverBack(trial, part) ? (hungIn(phasesOf(trial, part), known) ?? []) : []));
  const order = trials.flatMap((trial) => phasesOf(trial, part).map((phase) => phase.name));
  return [...new Set(order)].filter((name) => known.has(name) || hung.includes(name));
}

/**
 * How long a phase took. In a trial whose service never came back the phase it hung in has no end; those after it never began, so they are
 * no samples. It hung in the first one after the last that was observed, of those that some trial of `all` observed.
 */
export function phaseTimes(trials: readonly TrialResult[], part: Part, name: string, all: readonly TrialResult[] = trials): Times {
  const known = observed(all, part);
  const ms: (number | null)[] = [];
  const errors: number[] = [];
  for (const trial of measured(trials)) {
    const phases = phasesOf(trial, part);
    const phase = phases.find((candidate) => candidate.name === name);
    const length = phase === undefined ? null : lengthOf(phase);
    if (length !== null) errors.push((phase?.starts?.errorMs ?? 0) + (phase?.ends?.errorMs ?? 0));
    if (length !== null || (neverBack(trial, part) && hungIn(phases, known) === name)) ms.push(length);
  }
  return { what: "phase", phase: name, ms, resolutionMs: Math.max(periodOf(trials), typical(errors) / 2) };
}

/** What `results.json` says of all trials of a test. */
export function testStatistics(trials: readonly TrialResult[]): NonNullable<TestResult["statistics"]> {
  const failback = gapTimes(trials, "failback");
  const of = (part: Part, prefix: string) =>
    phaseNames(trials, part).map((name) => [`${prefix}${name}`, statisticsOf(phaseTimes(trials, part, name).ms)] as const);
  return {
    gap: statisticsOf(gapTimes(trials, "gap").ms),
    failback: failback.ms.length === 0 ? null : statisticsOf(failback.ms),
    phases: Object.fromEntries([...of("gap", ""), ...of("failback", "failback: ")]),
    leftOut: leftOutOf(trials),
  };
}

const gapOf = (trial: TrialResult, part: Part): GapInterval | null => (part === "gap" ? trial.gap : (trial.failback?.gap ?? null));
const phasesOf = (trial: TrialResult, part: Part): readonly PhaseResult[] =>
  part === "gap" ? trial.phases : (trial.failback?.phases ?? []);
const neverBack = (trial: TrialResult, part: Part): boolean => gapOf(trial, part)?.maxMs === null;

function observed(trials: readonly TrialResult[], part: Part): Set<string> {
  const phases = measured(trials).flatMap((trial) => phasesOf(trial, part));
  return new Set(phases.filter((phase) => lengthOf(phase) !== null).map((phase) => phase.name));
}

function hungIn(phases: readonly PhaseResult[], known: ReadonlySet<string>): string | null {
  const waiting = phases.filter((phase) => phase.name !== WATCHING);
  const after = waiting.slice(waiting.findLastIndex((phase) => lengthOf(phase) !== null) + 1).map((phase) => phase.name);
  return after.find((name) => known.has(name)) ?? after.at(-1) ?? null;
}

function lengthOf({ startMs, endMs }: PhaseResult): number | null {
  return startMs === null || endMs === null ? null : endMs - startMs;
}

function periodOf(trials: readonly TrialResult[]): number {
  return trials.reduce((most, trial) => Math.max(most, trial.probes.periodMs), 0);
}

/** The median; 0 of nothing. */
function typical(ms: readonly number[]): number {
  return statisticsOf(ms).median?.ms ?? 0;
}
