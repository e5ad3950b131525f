import { expect, test } from "vitest";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { quiet } from "../../run/scenario.js";
import { durationsIn } from "../durations.js";
import { Dispatcher } from "./dispatcher.js";
import { lotsOf, type Lot } from "./lots.js";

const definition = sampleDefinition();

/** A suite with trials of these lengths, s, each a test of its own; its lab takes 16 s. */
function lot(suite: string, ...lengths: number[]): Lot {
  const trials = lengths.map((s, index) => ({ scenario: quiet(`test ${index + 1}`), trial: 1, ms: s * 1000 }));
  return { suite, file: { folder: suite, file: "standard.suite.js", definition }, trials, labMs: 16_000 };
}

/** Starts whatever may be started now and lets it be built; returns the suites. */
function start(dispatcher: Dispatcher, labs: string[]): string[] {
  const started: string[] = [];
  for (let next = dispatcher.nextLot(); next !== null; next = dispatcher.nextLot()) {
    const lab = `${next.suite}-${labs.length + 1}`;
    dispatcher.starts(lab, next);
    expect(dispatcher.nextLot(), "one at a time until it has its image").toBeNull();
    dispatcher.builds(lab);
    labs.push(lab);
    started.push(next.suite);
  }
  return started;
}

const trialOf = (given: ReturnType<Dispatcher["next"]>) => (given === null || given === "wait" ? given : given.scenario.name);

test("one suite is split over the cells, and each trial is given once", () => {
  const dispatcher = new Dispatcher([lot("a", 30, 30, 30, 30, 30)], 2);
  const labs: string[] = [];
  expect(start(dispatcher, labs)).toEqual(["a", "a"]);
  const given = [0, 1, 0, 1, 0, 1].map((lab) => trialOf(dispatcher.next(labs[lab]!)));
  expect(given).toEqual(["test 1", "test 2", "test 3", "test 4", "test 5", null]);
});

test("there are no more labs than trials, nor one that would come too late", () => {
  expect(start(new Dispatcher([lot("a", 60, 60)], 8), [])).toEqual(["a", "a"]);
  expect(start(new Dispatcher([lot("a", 10, 5, 5, 5)], 8), []), "25 s of work, 16 s for a lab").toEqual(["a", "a"]);
  expect(start(new Dispatcher([lot("a", 5, 5, 5)], 8), [])).toEqual(["a"]);
});

test("with several cells the suite with most to do comes first, with one they come as declared", () => {
  const lots = [lot("short", 20), lot("long", 40, 40), lot("middle", 50)];
  expect(start(new Dispatcher(lots, 2), [])).toEqual(["long", "middle"]);
  expect(start(new Dispatcher(lots, 1), [])).toEqual(["short"]);
});

test("the next suite's lab is built when one at work is soon through, waits for its turn, and gets it", () => {
  const dispatcher = new Dispatcher([lot("a", 30, 30, 30), lot("b", 10)], 1);
  const labs: string[] = [];
  expect(start(dispatcher, labs)).toEqual(["a"]);
  expect(trialOf(dispatcher.next("a-1"))).toBe("test 1");
  expect(start(dispatcher, labs), "60 s left").toEqual([]);
  expect(trialOf(dispatcher.next("a-1"))).toBe("test 2");
  expect(start(dispatcher, labs), "30 s left").toEqual(["b"]);
  expect(dispatcher.next("b-2")).toBe("wait");
  expect(trialOf(dispatcher.next("a-1"))).toBe("test 3");
  expect(dispatcher.next("b-2")).toBe("wait");
  expect(dispatcher.next("a-1")).toBeNull();
  expect(trialOf(dispatcher.next("b-2"))).toBe("test 1");
});

test("where nothing is built ahead, the next suite's lab comes when the one before is gone", () => {
  const dispatcher = new Dispatcher([lot("a", 5), lot("b", 5)], 1, { ahead: false });
  const labs: string[] = [];
  expect(start(dispatcher, labs)).toEqual(["a"]);
  expect(trialOf(dispatcher.next("a-1"))).toBe("test 1");
  expect(start(dispatcher, labs)).toEqual([]);
  expect(dispatcher.next("a-1")).toBeNull();
  expect(start(dispatcher, labs)).toEqual([]);
  dispatcher.gone("a-1");
  expect(start(dispatcher, labs)).toEqual(["b"]);
});

test("not more than one lab is there besides those that work, and none is warmed while another is built", () => {
  const dispatcher = new Dispatcher([lot("a", 5), lot("b", 5), lot("c", 5), lot("d", 5)], 2);
  const labs: string[] = [];
  expect(start(dispatcher, labs)).toEqual(["a", "b"]);
  dispatcher.next("a-1");
  expect(start(dispatcher, labs), "b is built").toEqual([]);
  dispatcher.next("b-2");
  expect(start(dispatcher, labs)).toEqual(["c"]);
  expect(dispatcher.next("c-3")).toBe("wait");
  expect(dispatcher.next("a-1")).toBeNull();
  expect(trialOf(dispatcher.next("c-3"))).toBe("test 1");
  expect(start(dispatcher, labs), "a is still removed").toEqual([]);
  dispatcher.gone("a-1");
  expect(start(dispatcher, labs)).toEqual(["d"]);
});

test("a lab that is dirty or lost is replaced while trials are left, and its trial is not given again", () => {
  const dispatcher = new Dispatcher([lot("a", 5, 5)], 1);
  const labs: string[] = [];
  start(dispatcher, labs);
  expect(trialOf(dispatcher.next("a-1"))).toBe("test 1");
  dispatcher.leaves("a-1");
  expect(start(dispatcher, labs), "it is not gone yet").toEqual([]);
  dispatcher.gone("a-1");
  expect(start(dispatcher, labs)).toEqual(["a"]);
  expect(trialOf(dispatcher.next("a-2"))).toBe("test 2");
  dispatcher.gone("a-2");
  expect(start(dispatcher, labs)).toEqual([]);
});

test("a suite whose first lab cannot be built is given up, another one is not", () => {
  const dispatcher = new Dispatcher([lot("a", 5, 5), lot("b", 5)], 1);
  const labs: string[] = [];
  start(dispatcher, labs);
  dispatcher.gone("a-1");
  expect(start(dispatcher, labs)).toEqual(["b"]);
});

test("one whose labs were built before is given up after three in a row", () => {
  const dispatcher = new Dispatcher([lot("a", 5, 5, 5)], 1);
  const labs: string[] = [];
  start(dispatcher, labs);
  dispatcher.next("a-1");
  for (const count of [2, 3, 4]) {
    dispatcher.gone(`a-${count - 1}`);
    expect(start(dispatcher, labs), `lab ${count}`).toEqual(["a"]);
  }
  dispatcher.gone("a-4");
  expect(start(dispatcher, labs)).toEqual([]);
});

test("once stopped, nothing is begun and nobody gets a trial", () => {
  const dispatcher = new Dispatcher([lot("a", 50, 50, 50)], 2);
  const labs: string[] = [];
  start(dispatcher, labs);
  dispatcher.next("a-1");
  dispatcher.stop();
  expect(dispatcher.next("a-1")).toBeNull();
  expect(dispatcher.next("a-2")).toBeNull();
  dispatcher.gone("a-1");
  expect(dispatcher.nextLot()).toBeNull();
});

test("several cells get the longest trials first, one gets them as declared; repetitions keep their order", () => {
  const planned = ["short", "long"].map((name) => ({
    suite: "a",
    scenario: quiet(name, name === "long" ? 60_000 : 1_000),
    from: { folder: "a", file: "standard.suite.js", definition },
  }));
  const durations = durationsIn({ tests: [], run: {} } as never, "nothing");
  const order = (cells: number) =>
    lotsOf(planned, { repeat: 2, cells, durations }).flatMap(({ trials }) =>
      trials.map(({ scenario, trial }) => `${scenario.name} ${trial}`),
    );
  expect(order(1)).toEqual(["short 1", "short 2", "long 1", "long 2"]);
  expect(order(2)).toEqual(["long 1", "long 2", "short 1", "short 2"]);
});
