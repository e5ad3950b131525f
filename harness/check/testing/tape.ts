import { readFileSync } from "node:fs";
import type { EventOf, EventType, HistoryEvent } from "../../history/event.js";
import { allOf, parseHistory, type History } from "../../history/read-history.js";
import type { Results, TrialResult } from "../results.js";
import { judge } from "../judge.js";

/** A stored history that tests cut and splice: every method changes it in place. Times in microseconds of the run. */
export type Tape = ReturnType<typeof tapeOf>;

/** The moments of one trial. */
export interface Moments {
  startUs: number;
  injectUs: number;
  provenUs: number;
  observedUs: number;
  healUs: number;
  gateUs: number;
  endUs: number;
}

export function tapeOf(file: string) {
  const text = readFileSync(file, "utf8");
  let events = parseHistory(text, file).events;
  const lab = allOf(events, "suite-started")[0]?.lab ?? "";
  const between = (fromUs: number, toUs: number) => (event: HistoryEvent) => event.atUs >= fromUs && event.atUs < toUs;

  return {
    lab,
    events: () => events,
    /** The moments of a test's first trial, as the tape holds them now. */
    of: (test: string): Moments => momentsOf(events, test),
    /** Takes out what fits. */
    drop: (fits: (event: HistoryEvent) => boolean) => {
      events = events.filter((event) => !fits(event));
    },
    dropType: (type: EventType, fromUs = -Infinity, toUs = Infinity) => {
      const inside = between(fromUs, toUs);
      events = events.filter((event) => event.type !== type || !inside(event));
    },
    /** Changes the events of a type within a time. */
    edit: <T extends EventType>(type: T, change: (event: EventOf<T>) => Partial<EventOf<T>>, fromUs = -Infinity, toUs = Infinity) => {
      const inside = between(fromUs, toUs);
      events = events.map((event) => (event.type === type && inside(event) ? { ...event, ...change(event as EventOf<T>) } : event));
    },
    /** Adds an event of the tape's lab. */
    add: (event: HistoryEvent extends infer E ? (E extends { lab: string } ? Omit<E, "lab"> : never) : never) => {
      events = [...events, { ...event, lab }];
    },
    replace: (all: HistoryEvent[]) => {
      events = all;
    },
    /** As a reader would find it: written line by line and read again. */
    history: (): History => parseHistory(events.map((event) => `${JSON.stringify(event)}\n`).join(""), file),
  };
}

/** The verdicts of a tape. */
export function judgedTape(tape: Tape): Results {
  return judge(tape.history());
}

export function trialOf(results: Results, test: string): TrialResult | undefined {
  return results.tests.find((one) => one.name === test)?.trials[0];
}

function momentsOf(events: readonly HistoryEvent[], test: string): Moments {
  const begin = events.findIndex((event) => event.type === "trial-started" && event.test === test);
  const rest = events.slice(begin);
  const end = rest.findIndex((event) => event.type === "trial-ended");
  const own = end < 0 ? rest : rest.slice(0, end + 1);
  const at = (type: EventType) => own.find((event) => event.type === type)?.atUs ?? NaN;
  return {
    startUs: at("trial-started"),
    injectUs: at("fault-injecting"),
    provenUs: at("fault-proven"),
    observedUs: at("observed"),
    healUs: at("fault-healing"),
    gateUs: at("gate"),
    endUs: at("trial-ended"),
  };
}
