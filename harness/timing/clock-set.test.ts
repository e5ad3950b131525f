import { describe, expect, test } from "vitest";
import { fileURLToPath } from "node:url";
import type { HistoryEvent } from "../history/event.js";
import { readHistory } from "../history/read-history.js";
import { trialsOf, type Trial } from "../history/views/trial.js";
import { failbackGapOf, faultGapOf } from "./gap.js";
import { failbackPhasesOf, phasesOf, type Phase } from "./phases.js";

const RUNS = ["apache-kill", "gateway-blackhole", "node-power-off"] as const;
const NODES = ["vm-node1", "vm-node2"];
/** Back and forth, within the time in which a line is read and beyond; whole seconds, because the CIB has no others. */
const STEPS_MS = [-3_000, -1_000, 1_000, 3_000, -3_600_000, 900_000];
/** The observers look at the clock once a second. */
const TOLD_AFTER_US = 900_000;

describe.each(RUNS)("a real %s, had the host's clock been set in the middle of it", (name) => {
  const { events, ...rest } = readHistory(fileURLToPath(new URL(`golden/${name}.ndjson`, import.meta.url)));
  const trialIn = (changed: HistoryEvent[]): Trial => {
    const [trial] = trialsOf({ ...rest, events: changed });
    if (trial === undefined) throw new Error("no trial");
    return trial;
  };
  const asItWas = trialIn(events);
  const { injecting, healing } = asItWas.marks;
  const moments = {
    "2 s after the fault": (injecting?.atUs ?? NaN) + 2_000_000,
    "1 s after the healing": (healing?.atUs ?? NaN) + 1_000_000,
  };

  test.each(Object.entries(moments).flatMap(([when, atUs]) => STEPS_MS.map((byMs) => ({ when, atUs, byMs }))))(
    "$when, by $byMs ms: the same gaps and phases, and each time within its error",
    ({ atUs, byMs }) => {
      const trial = trialIn(withClockSet(events, atUs, byMs));
      expect([faultGapOf(trial), failbackGapOf(trial)]).toEqual([faultGapOf(asItWas), failbackGapOf(asItWas)]);
      expectSame(phasesOf(trial), phasesOf(asItWas));
      expectSame(failbackPhasesOf(trial), failbackPhasesOf(asItWas));
    },
  );
});

/** What the daemons stamped after that moment is of the new time, and the observers tell. */
function withClockSet(events: readonly HistoryEvent[], setUs: number, byMs: number): HistoryEvent[] {
  const [head] = events;
  const ready = events.findIndex(({ type }) => type === "lab-ready");
  if (head?.type !== "run-started" || ready < 0) throw new Error("no head");
  const startMs = Date.parse(head.startedAt);
  const lab = events.flatMap((event) => (event.type === "lab-ready" ? [event.lab] : []))[0] ?? "";
  const told = (atUs: number, more: number): HistoryEvent[] =>
    NODES.map((node) => ({ type: "clock", lab, node, atUs, wallMs: startMs + atUs / 1000 + more }));
  const changed = events.map((event): HistoryEvent => {
    if (event.type === "log" && event.atUs > setUs) return { ...event, text: restamped(event.text, byMs) };
    if (event.type === "operation" && event.changedAtS !== null && event.changedAtS * 1000 - startMs > setUs / 1000)
      return { ...event, changedAtS: event.changedAtS + byMs / 1000 };
    return event;
  });
  const at = events[ready]?.atUs ?? 0;
  return [...changed, ...told(at, 0), ...told(setUs + TOLD_AFTER_US, byMs)].sort((a, b) => a.atUs - b.atUs);
}

/** `Nov 22 21:11:40.510`, in UTC. */
function restamped(text: string, byMs: number): string {
  return text.replace(/^([A-Z][a-z]{2} +\d+) (\d\d:\d\d:\d\d)(\.\d+)?/, (_all, day: string, time: string, fraction?: string) => {
    const stamp = new Date(Date.parse(`2026 ${day} ${time}${(fraction ?? "").slice(0, 4)} UTC`) + byMs);
    return `${day} ${stamp.toISOString().slice(11, fraction === undefined ? 19 : 23)}`;
  });
}

function expectSame(phases: Phase[], before: Phase[]): void {
  const shown = (list: Phase[]) => list.filter(({ startMs }) => startMs !== null).map(({ name }) => name);
  expect(shown(phases)).toEqual(shown(before));
  for (const { name, ends } of phases) {
    const was = before.find((phase) => phase.name === name)?.ends;
    if (!ends || !was) continue;
    const byMs = ends.atMs - was.atMs;
    // Both hold the true time: [at - error, at].
    const overlap = byMs <= ends.errorMs && -byMs <= was.errorMs;
    expect(overlap ? "holds" : `${byMs} ms later, ${ends.errorMs} instead of ${was.errorMs} ms: ${ends.text} / ${was.text}`, name).toBe(
      "holds",
    );
  }
}
