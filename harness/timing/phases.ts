import { snapshotsOf } from "../history/views/snapshots.js";
import { addressSpans } from "../history/views/address-spans.js";
import { faultWindow, type Window } from "../history/views/windows.js";
import { servingsIn } from "../history/views/serving.js";
import type { Trial } from "../history/views/trial.js";
import { faultGapOf } from "./gap.js";

/** A stretch of the failover, ms since the run started. Null times: its end did not come or was not seen; the evidence says which. */
export interface Phase {
  name: string;
  startMs: number | null;
  endMs: number | null;
  evidence: string;
}
interface Mark {
  phase: string;
  atUs: number | null;
  evidence: string;
}

/**
 * Where the time of a failover went: disjoint phases that follow one another from the fault on and add up to the time until the
 * last mark that was seen. A mark that was not observed leaves its phase empty, and the next one takes its time.
 */
export function phasesOf(trial: Trial): Phase[] {
  const window = faultWindow(trial);
  if (window === null) return [];
  let startUs = window.fromUs;
  return marksIn(trial, window).map(({ phase, atUs, evidence }) => {
    if (atUs === null) return { name: phase, startMs: null, endMs: null, evidence };
    // The marks come from different observers; one that was seen a little early must not make a phase negative.
    const endUs = Math.max(startUs, atUs);
    const done = { name: phase, startMs: startUs / 1000, endMs: endUs / 1000, evidence };
    startUs = endUs;
    return done;
  });
}

function marksIn(trial: Trial, window: Window): Mark[] {
  const moved = trial.servedAfter !== null && trial.servedAfter !== trial.servedBefore;
  return [
    {
      phase: "fault",
      atUs: trial.marks.proven?.atUs ?? null,
      evidence: trial.marks.proven?.evidence.join("; ") ?? "the fault was not proven",
    },
    reaction(trial, window),
    moved ? arrival(trial, window) : { phase: "move", atUs: null, evidence: "the service did not move" },
    serviceStart(trial, window, moved),
    { phase: "settle", atUs: trial.marks.observed?.atUs ?? null, evidence: trial.marks.observed?.lastSeen ?? "not watched to its end" },
  ];
}

/** Detection and decision: until the cluster is first seen doing something, be it a new state in crm_mon or an address taken away. */
function reaction(trial: Trial, window: Window): Mark {
  const inside = (atUs: number) => atUs > window.fromUs && atUs < window.toUs;
  const change = snapshotsOf(trial).find((snapshot) => inside(snapshot.fromUs));
  const removal = trial.events.find((event) => event.type === "address" && !event.present && !event.initial && inside(event.atUs));
  const first = [removal, change?.state].filter((event) => event !== undefined).sort((a, b) => a.atUs - b.atUs)[0];
  if (first === undefined) return { phase: "detection", atUs: null, evidence: "neither crm_mon nor an address showed a reaction" };
  const what = first.type === "address" ? `${first.address} removed from ${first.node}` : "crm_mon shows a new state";
  return { phase: "detection", atUs: first.atUs, evidence: what };
}

function arrival(trial: Trial, window: Window): Mark {
  const address = trial.definition?.service.address ?? "";
  const span = addressSpans(trial, address).find(
    (held) => held.node === trial.servedAfter && held.holding === "held" && held.fromUs >= window.fromUs && held.fromUs < window.toUs,
  );
  return {
    phase: "move",
    atUs: span?.fromUs ?? null,
    evidence: span === undefined ? `no node was seen to take ${address}` : `${address} on ${span.node}`,
  };
}

function serviceStart(trial: Trial, window: Window, moved: boolean): Mark {
  const last = faultGapOf(trial)?.spells.at(-1);
  const back = moved ? servingsIn(trial, window).find((serving) => serving.node === trial.servedAfter)?.first : last?.okAfter;
  if (back) return { phase: "service start", atUs: back.endUs, evidence: `first answer from ${back.servedBy ?? "the service"}` };
  return {
    phase: "service start",
    atUs: null,
    evidence: last === undefined ? "the service was never dark" : "the service did not come back",
  };
}
