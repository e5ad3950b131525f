import { sentIn, type Timed, type Window } from "../history/views/windows.js";
import type { Trial } from "../history/views/trial.js";

/** What the probe load was really like, so that silence is not taken for success. */
export interface ProbeQuality {
  total: number;
  failed: number;
  /** 0: no probe ever started. */
  periodMs: number;
  /** Sent more than one period after the open model wanted them. */
  late: number;
}

/** At least so much of what the period promises must have been sent: the rest is what a busy host may lose. */
const COVERAGE = 0.9;
/** No longer silence inside a window: a dark time of that length could hide in it. One second is what crm_mon is sampled with. */
const LONGEST_HOLE_US = 1_000_000;

/** Counts over the whole trial. */
export function probeQuality(trial: Trial): ProbeQuality {
  const periodMs = trial.probe?.periodMs ?? 0;
  return {
    total: trial.probes.length,
    failed: trial.probes.filter((probe) => probe.outcome !== "ok").length,
    periodMs,
    late: trial.probes.filter((probe) => probe.atUs - probe.scheduledUs > periodMs * 1000).length,
  };
}

/** Why the probes of a window prove nothing, in words; null: they do. */
export function probeDoubt(trial: Timed & Pick<Trial, "probe">, window: Window): string | null {
  const probes = sentIn(trial, window);
  if (trial.probe === null || probes.length === 0) return "no HTTP probes were sent";
  const unnamed = probes.filter((probe) => probe.outcome === "ok" && probe.servedBy === null).length;
  if (unnamed > 0) return `${String(unnamed)} good answers do not say which node gave them`;
  // Written twice is not sent twice.
  const sent = new Set(probes.map((probe) => probe.atUs)).size;
  const wanted = Math.floor(((window.toUs - window.fromUs) / (trial.probe.periodMs * 1000)) * COVERAGE);
  if (sent < wanted) {
    return `${String(sent)} HTTP probes were sent where a period of ${String(trial.probe.periodMs)} ms asks for ${String(wanted)} at least`;
  }
  const times = [window.fromUs, ...probes.map((probe) => probe.atUs), window.toUs];
  const hole = times.reduce((worst, at, index) => Math.max(worst, at - (times[index - 1] ?? at)), 0);
  const allowed = Math.max(LONGEST_HOLE_US, 2 * trial.probe.periodMs * 1000);
  return hole > allowed ? `no HTTP probe was sent for ${String(Math.round(hole / 1000))} ms` : null;
}
