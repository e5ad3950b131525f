import { answersFromElsewhere } from "../history/views/answers-from-elsewhere.js";
import { sentIn, type Probe, type Timed, type Window } from "../history/views/windows.js";
import type { Trial } from "../history/views/trial.js";

/** What the probe load was really like, so that silence is not taken for success. */
export interface ProbeQuality {
  total: number;
  failed: number;
  /** 0: no probe ever started. */
  periodMs: number;
  /** Sent more than one period after the open model wanted them. */
  late: number;
  /** How late 99 of 100 slots of the schedule were at most, and the latest; a slot without a probe is as late as the next one. Null: no probes. */
  lateP99Ms: number | null;
  latestMs: number | null;
  /** How the requests ended; `wrong-node`: a good answer, but from a node that did not hold the address. */
  outcomes: Record<string, number>;
}

/** At least so much of what the period promises must have been sent: the rest is what a busy host may lose. */
export const COVERAGE = 0.9;
/** No longer silence inside a window: a dark time of that length could hide in it. One second is what crm_mon is sampled with. */
export const LONGEST_HOLE_US = 1_000_000;
/**
 * A probe that is sent late widens the interval of the gap by its lateness. Of 99 in 100 that must stay within a tenth of a second, which
 * is what failover times are told in; a host that is later than that all the time shows its own gaps, not the service's. (Load generators
 * of the open model judge themselves the same way: wrk2's corrected latency, k6's dropped_iterations.)
 */
export const LATE_P99_US = 100_000;

/** Counts over the whole trial. */
export function probeQuality(trial: Trial): ProbeQuality {
  const periodMs = trial.probe?.periodMs ?? 0;
  const late = latenessUs(trial.probes, periodMs);
  return {
    total: trial.probes.length,
    failed: trial.probes.filter((probe) => probe.outcome !== "ok").length,
    periodMs,
    late: trial.probes.filter((probe) => probe.atUs - probe.scheduledUs > periodMs * 1000).length,
    lateP99Ms: inMs(percentile(late, 0.99)),
    latestMs: inMs(late.at(-1)),
    outcomes: outcomesOf(trial),
  };
}

/**
 * Why the probes of a window prove nothing, in words; null: they do. What is missing is counted in the window itself; whether the
 * host keeps the schedule is a matter of the whole trial.
 */
export function probeDoubt(trial: Timed & Pick<Trial, "probe">, window: Window): string | null {
  const probes = sentIn(trial, window);
  if (trial.probe === null || probes.length === 0) return "no HTTP probes were sent";
  const { periodMs } = trial.probe;
  const unnamed = probes.filter((probe) => probe.outcome === "ok" && probe.servedBy === null).length;
  if (unnamed > 0) return `${String(unnamed)} good answers do not say which node gave them`;
  // Written twice is not sent twice.
  const sent = new Set(probes.map((probe) => probe.scheduledUs)).size;
  const wanted = Math.floor(((window.toUs - window.fromUs) / (periodMs * 1000)) * COVERAGE);
  if (sent < wanted) {
    return `${String(sent)} HTTP probes were sent where a period of ${String(periodMs)} ms asks for ${String(wanted)} at least`;
  }
  const times = [window.fromUs, ...probes.map((probe) => probe.atUs), window.toUs];
  const hole = times.reduce((worst, at, index) => Math.max(worst, at - (times[index - 1] ?? at)), 0);
  if (hole > Math.max(LONGEST_HOLE_US, 2 * periodMs * 1000)) return `no HTTP probe was sent for ${String(Math.round(hole / 1000))} ms`;
  // Over the whole trial: in a short window a single pause of a tenth of a second would be one in a hundred.
  const late = percentile(latenessUs(trial.probes, periodMs), 0.99) ?? 0;
  if (late <= Math.max(LATE_P99_US, 2 * periodMs * 1000)) return null;
  return `one HTTP probe in a hundred was sent ${String(Math.round(late / 1000))} ms late or more, where ${String(LATE_P99_US / 1000)} ms are allowed`;
}

/** Lateness of every slot of the schedule, sorted: of one without a probe, until the next probe was sent. */
function latenessUs(probes: readonly Probe[], periodMs: number): number[] {
  const periodUs = periodMs * 1000;
  const ordered = [...probes].sort((a, b) => a.scheduledUs - b.scheduledUs);
  const late = ordered.flatMap(({ atUs, scheduledUs }, index) => {
    const before = ordered[index - 1]?.scheduledUs ?? scheduledUs;
    const missing = periodUs === 0 ? 0 : Math.max(0, Math.round((scheduledUs - before) / periodUs) - 1);
    return Array.from({ length: missing + 1 }, (_, slot) => Math.max(0, atUs - scheduledUs + slot * periodUs));
  });
  return late.sort((a, b) => a - b);
}

/** The smallest value that so great a share is not above (nearest rank). */
function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

function inMs(us: number | undefined): number | null {
  return us === undefined ? null : us / 1000;
}

function outcomesOf(trial: Trial): Record<string, number> {
  const foreign = new Set(answersFromElsewhere(trial, trial.definition?.service.address ?? "").foreign);
  const counts: Record<string, number> = {};
  for (const probe of trial.probes) {
    const outcome = foreign.has(probe) ? "wrong-node" : probe.outcome;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
