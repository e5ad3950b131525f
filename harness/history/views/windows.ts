import type { EventOf } from "../event.js";
import type { Trial } from "./trial.js";

/** A stretch of a trial, microseconds of the run. */
export interface Window {
  fromUs: number;
  toUs: number;
}
/** One request, over a connection of its own or over one that is kept (which opens none at known times). */
export type Probe = EventOf<"http"> | (EventOf<"http-kept"> & { sentUs?: undefined; connectedUs?: undefined });
/** What the windows are computed from. */
export type Timed = Pick<Trial, "startUs" | "endUs" | "marks"> & { probes: Probe[]; earlier?: Probe[] };

/** Before the fault; the whole trial when it has none. */
export function quietWindow(trial: Timed): Window {
  return { fromUs: trial.startUs, toUs: trial.marks.injecting?.atUs ?? trial.endUs };
}

/** From the moment the fault is injected until healing begins (or the trial ends); null without a fault. */
export function faultWindow(trial: Timed): Window | null {
  const from = trial.marks.injecting?.atUs;
  return from === undefined ? null : { fromUs: from, toUs: trial.marks.healing?.atUs ?? trial.endUs };
}

/** From the beginning of healing to the trial's end; null when nothing was healed. */
export function failbackWindow(trial: Timed): Window | null {
  const from = trial.marks.healing?.atUs;
  return from === undefined ? null : { fromUs: from, toUs: trial.endUs };
}

/**
 * The trial's probes that belong to a window: a good answer by the time it was sent, a failure by the time it failed. A request
 * in flight when the fault strikes is the fault's doing, and one in flight when healing begins is the healing's. Each probe
 * belongs to exactly one of the windows that make up the trial.
 */
export function probesIn(trial: Timed, window: Window): Probe[] {
  const first = window.fromUs <= trial.startUs;
  const last = window.toUs >= trial.endUs;
  return trial.probes.filter((probe) => {
    const atUs = probe.outcome === "ok" ? probe.atUs : probe.endUs;
    return (first || atUs >= window.fromUs) && (last || atUs < window.toUs);
  });
}

/** Probes by when they were sent, whatever came of them. */
export function sentIn(trial: Timed, window: Window): Probe[] {
  return trial.probes.filter((probe) => probe.atUs >= window.fromUs && probe.atUs < window.toUs);
}
