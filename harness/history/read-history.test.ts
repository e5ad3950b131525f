import { describe, expect, test } from "vitest";
import { HachaosError } from "../kernel/errors.js";
import { parseHistory, readHistory } from "./read-history.js";
import { apacheKill, baseline, powerOff } from "./testing/scenarios.js";

const ended = (atUs: number) => JSON.stringify({ type: "run-ended", atUs, load1: 0 });

function refusal(text: string): HachaosError {
  try {
    parseHistory(text, "h.ndjson");
  } catch (error) {
    if (error instanceof HachaosError) return error;
  }
  throw new Error("it was read");
}

describe("parseHistory", () => {
  test("sorts by time and keeps the file's order within a microsecond", () => {
    const lines = [
      ended(3),
      JSON.stringify({ type: "run-ended", atUs: 1, load1: 1 }),
      JSON.stringify({ type: "run-ended", atUs: 1, load1: 2 }),
    ];
    const { events } = parseHistory(`${lines.join("\n")}\n`, "h");
    expect(events.map((event) => [event.atUs, event.type === "run-ended" && event.load1])).toEqual([
      [1, 1],
      [1, 2],
      [3, 0],
    ]);
  });

  test("a last line cut in the middle is noted, the rest is read", () => {
    const history = parseHistory(`${ended(1)}\n{"type":"http","atUs":12`, "h");
    expect(history.events).toHaveLength(1);
    expect(history.truncated).toEqual({ line: 2, text: '{"type":"http","atUs":12' });
  });

  test("a last line that lacks only its newline is read", () => {
    const history = parseHistory(`${ended(1)}\n${ended(2)}`, "h");
    expect(history.events).toHaveLength(2);
    expect(history.truncated).toBeNull();
  });

  test.each([
    ["no JSON", "{nonsense"],
    ["no event", '"text"'],
    ["a field missing", '{"type":"run-ended","atUs":1}'],
    ["another schema", '{"type":"run-started","atUs":0,"schema":"hachaos/history@2"}'],
  ])("a bad line in the middle is refused with its number: %s", (_name, line) => {
    const error = refusal(`${ended(1)}\n${line}\n${ended(2)}\n`);
    expect(error.code).toBe("history-unreadable");
    expect(error.message).toMatch(/^h\.ndjson:2: /);
  });

  test("types of newer versions are counted and left out", () => {
    const history = parseHistory(`${ended(1)}\n{"type":"quake","atUs":1}\n{"type":"quake","atUs":2}\n`, "h");
    expect(history.unknownTypes).toEqual({ quake: 2 });
    expect(history.events).toHaveLength(1);
  });

  test("something else than a history is refused, an empty file is an empty history", () => {
    expect(refusal("GIF89a").code).toBe("history-unreadable");
    expect(parseHistory("", "h").events).toEqual([]);
  });

  test("a missing file is refused by name", () => {
    expect(() => readHistory("/nowhere/h.ndjson")).toThrow(/\/nowhere\/h\.ndjson/);
  });

  test.each([
    ["apacheKill", apacheKill()],
    ["powerOff", powerOff()],
    ["baseline", baseline()],
  ])("what the builder makes is a valid history: %s", (_name, run) => {
    const history = parseHistory(run.ndjson(), "built");
    expect(history.events).toEqual(run.history().events);
    expect(history.unknownTypes).toEqual({});
  });
});
