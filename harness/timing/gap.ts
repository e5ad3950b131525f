import type { Trial } from "../history/views/trial.js";
import { failbackWindow, faultWindow, probesIn, quietWindow, type Probe, type Timed, type Window } from "../history/views/windows.js";

/**
 * How long the service was dark, as clients see it. Probes only sample, so it is an interval, from what each request proves:
 *
 * - one that was answered: at some moment between its sending and its answer the service was there;
 * - one that failed: at some moment between its sending and its failure it was not. It may have been sent to a service that was
 *   well and died over it, so it does not prove that the service was dark when it was sent;
 * - one whose connection request nobody answered: the service was dark when that arrived. Assumed: it was not lost on the way, and was on
 *   its way no longer than the slowest of the hundred answered before it took to be accepted.
 *
 * The dark times are the fewest that explain all of them. So a request that waited (in a queue, or for TCP to try again) until the
 * service was back neither ends a dark time early nor cuts it in two.
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

/** One dark time: it began between the sending of `okBefore` and `darkByUs`, and ended between the sending of `lastFailure` and the end of `okAfter`. */
export interface Spell {
  /** Of the failures it explains, in the order they were sent. */
  firstFailure: Probe;
  lastFailure: Probe;
  failed: number;
  /** By then it had begun: the first of its failures to be proven. */
  darkByUs: number;
  /** Last success before, null: dark since before the window. */
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
  const spells = spellsIn(trial, window).map((spell) => closed(trial, spell, window));
  return sum(spells.filter((spell) => spell.okBefore !== null || spell.okAfter === null));
}

/** A request may fail after healing began, by its time limit, when others that were sent later had been answered before: that ended it. */
function closed({ probes }: Timed, spell: Spell, { fromUs }: Window): Spell {
  const { lastFailure, okBefore } = spell;
  if (spell.okAfter !== null) return spell;
  const okAfter = probes.find(({ outcome, atUs, endUs }) => outcome === "ok" && atUs > lastFailure.atUs && endUs <= fromUs);
  if (okAfter === undefined) return spell;
  return { ...spell, okAfter, maxMs: (okAfter.endUs - (okBefore ?? lastFailure).atUs) / 1000 };
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
  const proofs = proofsOf(trial);
  return darkTimes(proofs).flatMap((failures) => {
    const own = failures.filter(({ probe }) => inside.has(probe));
    return own.length === 0 ? [] : [spellOf(own, failures, proofs, window, inside)];
  });
}

/** At one moment at least from `fromUs` to `byUs` the service was there, or was not. */
interface Proof {
  probe: Probe;
  there: boolean;
  fromUs: number;
  byUs: number;
}

/** How many answered requests tell how long a connection request is on its way: a second of them, enough to meet a busy moment. */
const WAYS = 100;

function proofsOf({ probes, earlier = [] }: Timed): Proof[] {
  const ways = inOrder(earlier).flatMap(wayOf);
  return inOrder(probes).map((probe) => {
    const { atUs: fromUs, sentUs = fromUs, connectedUs = null } = probe;
    ways.push(...wayOf(probe));
    const unheard = probe.outcome === "timeout" && connectedUs === null;
    const byUs = unheard ? Math.min(probe.endUs, sentUs + Math.max(0, ...ways.slice(-WAYS))) : probe.endUs;
    return { probe, there: probe.outcome === "ok", fromUs, byUs };
  });
}

function inOrder(probes: readonly Probe[]): Probe[] {
  return probes.toSorted((a, b) => a.atUs - b.atUs);
}

/** How long an answered request took to be accepted, microseconds. */
function wayOf({ outcome, atUs, sentUs = atUs, connectedUs = null }: Probe): number[] {
  return outcome === "ok" && connectedUs !== null ? [connectedUs - sentUs] : [];
}

/**
 * The failures of each of the fewest dark times that explain all proofs: a state lasts until a proof can no longer be explained
 * without a change (intervals stabbed by the latest possible points).
 */
function darkTimes(proofs: readonly Proof[]): Proof[][] {
  const times: Proof[][] = [];
  let there = true;
  let changedUs = -Infinity;
  for (const proof of proofs.toSorted((a, b) => a.byUs - b.byUs)) {
    // What was sent before the last change may be explained by the state before it.
    if (proof.there !== there && proof.fromUs >= changedUs) {
      there = proof.there;
      changedUs = proof.byUs;
      if (!there) times.push([]);
    }
    if (!proof.there) times.at(-1)?.push(proof);
  }
  return times;
}

function spellOf(own: Proof[], failures: Proof[], proofs: Proof[], window: Window, inside: Set<Probe>): Spell {
  const sent = own.map(({ probe }) => probe).sort((a, b) => a.atUs - b.atUs);
  const [firstFailure, lastFailure] = [sent[0], sent.at(-1)] as [Probe, Probe];
  const provenUs = Math.min(...own.map(({ byUs }) => byUs));
  const there = proofs.filter((proof) => proof.there);
  const around = longest(there, provenUs, lastFailure.atUs);
  // Failures that belong to another window: only the time inside this one is this window's.
  const since = failures.some(({ probe }) => probe.endUs < window.fromUs && !inside.has(probe));
  const until = failures.some(({ probe }) => probe.endUs >= window.toUs && !inside.has(probe));
  const okBefore = since ? null : around.okBefore;
  const okAfter = until || around.okAfter === null || !inside.has(around.okAfter) ? null : around.okAfter;
  const darkByUs = okBefore === null ? Math.max(window.fromUs, provenUs) : provenUs;
  return {
    ...{ firstFailure, lastFailure, failed: own.length, darkByUs, okBefore, okAfter },
    minMs: Math.max(0, lastFailure.atUs - darkByUs) / 1000,
    maxMs: okAfter === null ? null : Math.max(0, okAfter.endUs - (okBefore?.atUs ?? window.fromUs)) / 1000,
  };
}

interface Around {
  okBefore: Probe | null;
  okAfter: Probe | null;
}

/**
 * The successes around a dark time that had begun by `darkByUs` and had not ended at `darkAtUs`. Where it can have been over before
 * all of its failures were proven, it was at some moment between the two, and the longest stretch around such a moment counts.
 */
function longest(there: readonly Proof[], darkByUs: number, darkAtUs: number): Around {
  if (darkAtUs >= darkByUs) return around(there, darkAtUs, darkByUs);
  const between = there.map(({ fromUs }) => fromUs).filter((us) => us > darkAtUs && us < darkByUs);
  const all = [darkAtUs, ...between, darkByUs].map((us) => around(there, us, us));
  return all.reduce((best, one) => (span(one) > span(best) ? one : best));
}

/** The success sent last of those answered before one time, and the one answered first of those sent after another. */
function around(there: readonly Proof[], beforeUs: number, afterUs: number): Around {
  let before: Proof | null = null;
  let after: Proof | null = null;
  for (const proof of there) {
    if (proof.byUs < beforeUs && (before === null || proof.fromUs > before.fromUs)) before = proof;
    if (proof.fromUs > afterUs && (after === null || proof.byUs < after.byUs)) after = proof;
  }
  return { okBefore: before?.probe ?? null, okAfter: after?.probe ?? null };
}

function span({ okBefore, okAfter }: Around): number {
  return (okAfter?.endUs ?? Infinity) - (okBefore?.atUs ?? -Infinity);
}
