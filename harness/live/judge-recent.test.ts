import { expect, test } from "vitest";
import { judge } from "../check/judge.js";
import type { HistoryEvent } from "../history/event.js";
import { apacheKill, powerOff } from "../history/testing/scenarios.js";
import { RecentHistory } from "./recent-history.js";

/** The same run again and again, as the repetitions of a suite would be recorded: each a test of its own, later than the one before. */
function repeated(events: readonly HistoryEvent[], times: number): HistoryEvent[] {
  const first = events.findIndex((event) => event.type === "trial-started");
  const last = events.findIndex((event) => event.type === "trial-ended");
  const [head, body] = [events.slice(0, first), events.slice(first, last + 1)];
  const lengthUs = (body.at(-1)?.atUs ?? 0) - (body[0]?.atUs ?? 0) + 1_000_000;
  const later = (event: HistoryEvent, index: number): HistoryEvent => {
    const byUs = index * lengthUs;
    const moved = { ...event, atUs: event.atUs + byUs };
    if (moved.type === "http") return { ...moved, endUs: moved.endUs + byUs, scheduledUs: moved.scheduledUs + byUs };
    return moved.type === "trial-started" ? { ...moved, test: `test ${String(index)}` } : moved;
  };
  return [...head, ...Array.from({ length: times }, (_, index) => body.map((event) => later(event, index))).flat()];
}

/** Judges each test when it is over, from what was recorded lately; with how many events each judgement read. */
function judgedOnTheWay(events: readonly HistoryEvent[]) {
  const recent = new RecentHistory();
  const found: { result: ReturnType<typeof judge>["tests"][number] | undefined; read: number }[] = [];
  for (const event of events) {
    if (event.type === "trial-started") recent.begin();
    recent.note(event);
    if (event.type !== "trial-ended") continue;
    const history = recent.history();
    found.push({ result: judge(history).tests[0], read: history.events.length });
  }
  return found;
}

test.each([
  ["apache-kill", apacheKill],
  ["power-off", powerOff],
])("%s: what was recorded lately is judged as the whole history is", (_, scenario) => {
  const events = repeated(scenario().events(), 5);
  const whole = judge({ events: [...events].sort((a, b) => a.atUs - b.atUs), truncated: null, unknownTypes: {} });
  expect(judgedOnTheWay(events).map(({ result }) => result)).toEqual(whole.tests);
});

test("the fiftieth repetition is judged from as few events as the second", () => {
  const read = judgedOnTheWay(repeated(apacheKill().events(), 50)).map((one) => one.read);
  expect(read).toHaveLength(50);
  expect(read.at(-1)).toBe(read[1]);
});
