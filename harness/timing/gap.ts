import type { Trial } from "../history/views/trial.js";
import { failbackWindow, faultWindow, probesIn, quietWindow, type Probe, type Timed, type Window } from "../history/views/windows.js";

/**
 * How long the service was dark, as clients see it. Probes only sample, so it is an interval: at least from the first failure to the
 * last one, at most from the last success before to the first success after. A probe stands for the moment it was sent; only the
 * success that ends the dark time counts when it was answered, because a request can wait in a queue until the service is back.
 * Assumed: a request that succeeds was served at some time between its sending and its answer, and one that fails found the service
 * dark when it was sent (its answer was not lost on the way back).
 *
 * Several dark spells in one window: the interval is that of the longest one (null = never ended is the longest), because each ends
 * with the service really back; their number and sum are given beside it.
 */
export interface Gap {
  minMs: number;
  /** Null: not back while watched. */
  maxMs: number | null;
  spells: Spell[];
  /** Sum over all spells. */
  totalMinMs: number;
  totalMaxMs: number | null;
}

/** One dark time: a run of failed probes, in the order they were sent, with no success between them. */
export interface Spell {
  firstFailure: Probe;
  lastFailure: Probe;
  failed: number;
  /** Success before, null: dark since before the window. */
  okBefore: Probe | null;
  /** Success that ended it, null: dark until the window's end. */
  okAfter: Probe | null;
  minMs: number;
  maxMs: number | null;
}

/** The gap of the fault: from injecting until healing or the trial's end; of a trial without a fault, over all of it. Null: no probes. */
export function faultGapOf(trial: Timed): Gap | null {
  return gapIn(trial, faultWindow(trial) ?? quietWindow(trial));
}

/**
 * The gap when the service moves back: from the beginning of healing to the trial's end. Null: nothing was healed, or no probes.
 * A service that was dark when healing began belongs to the fault's gap; it counts here only if it never comes back.
 */
export function failbackGapOf(trial: Timed): Gap | null {
  const window = failbackWindow(trial);
  if (window === null || probesIn(trial, window).length === 0) return null;
  return sum(spellsIn(trial, window).filter((spell) => spell.okBefore !== null || spell.okAfter === null));
}

/** Dark time before the fault, which nothing explains. Null: no probes then. */
export function quietGapOf(trial: Trial): Gap | null {
  return gapIn(trial, quietWindow(trial));
}

function gapIn(trial: Timed, window: Window): Gap | null {
  return probesIn(trial, window).length === 0 ? null : sum(spellsIn(trial, window));
}

function sum(spells: Spell[]): Gap {
  const longest = spells.reduce<Spell | null>((best, spell) => (best === null || longer(spell, best) ? spell : best), null);
  return {
    minMs: longest?.minMs ?? 0,
    maxMs: longest === null ? 0 : longest.maxMs,
    spells,
    totalMinMs: spells.reduce((total, spell) => total + spell.minMs, 0),
    totalMaxMs: spells.reduce<number | null>((total, spell) => (total === null || spell.maxMs === null ? null : total + spell.maxMs), 0),
  };
}

function longer(a: Spell, b: Spell): boolean {
  return (a.maxMs ?? Infinity) > (b.maxMs ?? Infinity);
}

/** The dark spells of a window, in order. */
export function spellsIn(trial: Timed, window: Window): Spell[] {
  const inside = new Set(probesIn(trial, window));
  const dark = (probe: Probe | undefined) => probe !== undefined && probe.outcome !== "ok" && inside.has(probe);
  const spells: Spell[] = [];
  for (let start = 0; start < trial.probes.length; start += 1) {
    if (!dark(trial.probes[start])) continue;
    let end = start;
    while (dark(trial.probes[end + 1])) end += 1;
    const okAfter = firstAnswer(trial.probes, end + 1, inside);
    spells.push(spellOf(trial.probes.slice(start, end + 1), trial.probes[start - 1], okAfter, window));
    start = end;
  }
  return spells;
}

function spellOf(run: Probe[], before: Probe | undefined, okAfter: Probe | null, window: Window): Spell {
  const [firstFailure, lastFailure] = [run[0], run.at(-1)] as [Probe, Probe];
  const okBefore = before?.outcome === "ok" ? before : null;
  // Dark since before the window: only the time inside the window is this window's.
  const beganUs = okBefore?.atUs ?? window.fromUs;
  const firstUs = okBefore === null ? Math.max(beganUs, firstFailure.atUs) : firstFailure.atUs;
  return {
    firstFailure,
    lastFailure,
    failed: run.length,
    okBefore,
    okAfter,
    minMs: Math.max(0, lastFailure.atUs - firstUs) / 1000,
    maxMs: okAfter === null ? null : Math.max(0, okAfter.endUs - beganUs) / 1000,
  };
}

/** Of the successes right after a spell, the one that was answered first; null when the window has none there. */
function firstAnswer(probes: readonly Probe[], from: number, inside: Set<Probe>): Probe | null {
  let best: Probe | null = null;
  for (let index = from; index < probes.length; index += 1) {
    const probe = probes[index];
    if (probe?.outcome !== "ok" || !inside.has(probe) || (best !== null && probe.atUs >= best.endUs)) break;
    if (best === null || probe.endUs < best.endUs) best = probe;
  }
  return best;
}
