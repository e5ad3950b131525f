import type { ClusterDefinition } from "../../cluster/definition.js";
import type { EventOf, HistoryEvent } from "../event.js";
import { allOf, firstOf, type History } from "../read-history.js";
import { servedAfter, servedBefore } from "./serving.js";
import { wallClockIn, type WallClock } from "./wall-clock.js";

/** One trial as the history tells it: what was asked, what happened, and everything seen in its lab. */
export interface Trial {
  lab: string;
  suite: string;
  test: string;
  number: number;
  /** The definition of the suite it belongs to; null when the history lost it. */
  definition: ClusterDefinition | null;
  started: EventOf<"trial-started">;
  /** Null when the history ends in the middle of the trial. */
  ended: EventOf<"trial-ended"> | null;
  startUs: number;
  endUs: number;
  /** What a daemon's own time stamps count from. */
  wallClock: WallClock;
  marks: Marks;
  /** The lab was lost while the trial ran. */
  labFailed: EventOf<"lab-failed"> | null;
  /** How the HTTP probe works; null: it never started. */
  probe: EventOf<"http-probe"> | null;
  /** Probes sent during the trial, by the time they were sent. */
  probes: EventOf<"http">[];
  /** Probes sent in the two seconds before: how long a request is on its way is known when the fault strikes at once. */
  earlier: EventOf<"http">[];
  /** The same as `probes` of the client that keeps its connection; empty in runs that had none. */
  kept: EventOf<"http-kept">[];
  /** Everything of this lab but the probes, from its beginning to the trial's end: states are carried in from before the trial. */
  events: HistoryEvent[];
  /** Node that gave the last good answer before the fault; null: none. */
  servedBefore: string | null;
  /** Node that gave the good answers at the end of the fault, before healing; null: dark at that time. */
  servedAfter: string | null;
}

/** The steps of a trial, each null when it was not reached. */
export interface Marks {
  injecting: EventOf<"fault-injecting"> | null;
  proven: EventOf<"fault-proven"> | null;
  notProven: EventOf<"fault-not-proven"> | null;
  observed: EventOf<"observed"> | null;
  healing: EventOf<"fault-healing"> | null;
  healed: EventOf<"fault-healed"> | null;
  notHealed: EventOf<"fault-not-healed"> | null;
  gate: EventOf<"gate"> | null;
}

const EARLIER_US = 2_000_000;

/** All trials of a history, by the time they started. */
export function trialsOf(history: History): Trial[] {
  const starts = allOf(history.events, "trial-started");
  const startMs = Date.parse(firstOf(history.events, "run-started")?.startedAt ?? "");
  const others = eventsByLab(history.events.filter((event) => event.type !== "http" && event.type !== "http-kept"));
  const probes = eventsByLab(allOf(history.events, "http"));
  const kept = eventsByLab(allOf(history.events, "http-kept"));
  return starts.map((started) => {
    const { lab } = started;
    const trial = trialOf(started, others.get(lab) ?? [], probes.get(lab) ?? [], kept.get(lab) ?? []);
    return { ...trial, wallClock: wallClockIn(trial.events, Number.isNaN(startMs) ? null : startMs) };
  });
}

function trialOf(
  started: EventOf<"trial-started">,
  labEvents: HistoryEvent[],
  labProbes: EventOf<"http">[],
  labKept: EventOf<"http-kept">[],
): Omit<Trial, "wallClock"> {
  const begin = labEvents.indexOf(started);
  const rest = labEvents.slice(begin + 1);
  const stop = rest.findIndex((event) => event.type === "trial-ended" || event.type === "trial-started");
  const last = stop < 0 ? rest.at(-1) : rest[stop];
  const startUs = started.atUs;
  // Cut off in the middle, the trial lasted at least as long as something was seen.
  const lastSeenUs = stop < 0 ? (labProbes.at(-1)?.atUs ?? startUs) : startUs;
  const endUs = Math.max(startUs, last?.atUs ?? startUs, lastSeenUs);
  const own = stop < 0 ? rest : rest.slice(0, stop + 1);
  const until = labEvents.slice(0, begin + 1 + own.length);
  const marks = marksOf(own);
  // Sent in the trial; the answer may be written after its end. Where the next trial begins, this one is over.
  const isOver = (atUs: number) => (stop < 0 ? atUs > endUs : atUs >= endUs);
  const isSentHere = ({ atUs }: { atUs: number }) => atUs >= startUs && !isOver(atUs);
  const probes = labProbes.filter(isSentHere);
  const trial = {
    lab: started.lab,
    suite: started.suite,
    test: started.test,
    number: started.trial,
    definition: allOf(until, "suite-started").at(-1)?.definition ?? null,
    started,
    ended: last?.type === "trial-ended" ? last : null,
    startUs,
    endUs,
    marks,
    labFailed: firstOf(own, "lab-failed"),
    probe: allOf(until, "http-probe").at(-1) ?? null,
    probes,
    earlier: labProbes.filter(({ atUs }) => atUs < startUs && atUs >= startUs - EARLIER_US),
    kept: labKept.filter(isSentHere),
    events: until,
  };
  return { ...trial, servedBefore: servedBefore(trial), servedAfter: servedAfter(trial) };
}

function marksOf(events: HistoryEvent[]): Marks {
  return {
    injecting: firstOf(events, "fault-injecting"),
    proven: firstOf(events, "fault-proven"),
    notProven: firstOf(events, "fault-not-proven"),
    observed: firstOf(events, "observed"),
    healing: firstOf(events, "fault-healing"),
    healed: firstOf(events, "fault-healed"),
    notHealed: firstOf(events, "fault-not-healed"),
    // The last one counts: a gate may be asked again.
    gate: allOf(events, "gate").at(-1) ?? null,
  };
}

function eventsByLab<E extends HistoryEvent>(events: E[]): Map<string, E[]> {
  const labs = new Map<string, E[]>();
  for (const event of events) {
    if (!("lab" in event)) continue;
    const list = labs.get(event.lab);
    if (list === undefined) labs.set(event.lab, [event]);
    else list.push(event);
  }
  return labs;
}
