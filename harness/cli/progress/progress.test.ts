import { expect, test } from "vitest";
import type { HistoryEvent, ProbeOutcome } from "../../history/event.js";
import { fakeTerminal } from "../testing/fake-terminal.js";
import { eventLine, runTime } from "./event-line.js";
import { EMPTY_PANE, gapUs, paneAfter, STRIP_LENGTH, type PaneState } from "./pane-state.js";
import { renderPane, renderRun } from "./render-pane.js";
import { EMPTY_RUN, runAfter, runLine, type RunState } from "./run-state.js";
import { showProgress } from "./show-progress.js";

const probe = (atMs: number, outcome: ProbeOutcome, servedBy: string | null = null): HistoryEvent => ({
  type: "http",
  lab: "l",
  atUs: atMs * 1000,
  endUs: (atMs + 5) * 1000,
  scheduledUs: atMs * 1000,
  outcome,
  status: outcome === "ok" ? 200 : null,
  servedBy,
  error: null,
});
const address = (node: string, present: boolean): HistoryEvent => ({
  type: "address",
  lab: "l",
  atUs: 0,
  node,
  address: "192.168.1.60/24",
  device: "bond1",
  present,
  initial: false,
});
const proven: HistoryEvent = { type: "fault-proven", lab: "l", atUs: 61_250_000, evidence: ["no apache2 process", "port closed"] };
const fold = (events: HistoryEvent[], start: PaneState = EMPTY_PANE): PaneState => events.reduce(paneAfter, start);

test("a line has the time since the run began and the evidence", () => {
  expect(eventLine(proven)).toBe("[01:01.2]   proven: no apache2 process; port closed");
});

test("a step is told when it is done, the building of an image while it goes on", () => {
  const step = (text: string, ms: number | null): HistoryEvent => ({ type: "lab-step", lab: "l", atUs: 0, step: text, ms });
  expect(eventLine(step("membership", null))).toBeNull();
  expect(eventLine(step("membership", 2_600))).toBe("[00:00.0] lab: membership (2.6 s)");
  expect(eventLine(step("image: installing 35 packages", null))).toBe("[00:00.0] lab: image: installing 35 packages");
});

test("probes are no lines: there are twenty a second", () => {
  expect(eventLine(probe(0, "ok"))).toBeNull();
});

test.each([
  [0, "00:00.0"],
  [59_990_000, "00:59.9"],
  [600_000_000, "10:00.0"],
])("%i us is %s", (us, text) => {
  expect(runTime(us)).toBe(text);
});

test("a gap runs from the first failed probe to the end of the first good one", () => {
  const dark = fold([probe(0, "ok", "a"), probe(50, "refused"), probe(100, "timeout")]);
  expect(gapUs(dark, dark.nowUs)).toBe(55_000);
  const back = paneAfter(dark, probe(150, "ok", "b"));
  expect(back).toMatchObject({ darkSinceUs: null, longestGapUs: 105_000, servedBy: "b" });
});

test("the strip keeps the last probes only", () => {
  const state = fold(Array.from({ length: STRIP_LENGTH + 10 }, (_, index) => probe(index, index < 10 ? "reset" : "ok", "a")));
  expect(state.probes).toHaveLength(STRIP_LENGTH);
  expect(state.probes).not.toContain("reset");
});

test("owners of the service's address follow the nodes, also two at once and a node without power", () => {
  const start = { ...EMPTY_PANE, address: "192.168.1.60" };
  const both = fold([address("b", true), address("a", true)], start);
  expect(both.owners).toEqual(["a", "b"]);
  expect(paneAfter(both, address("b", false)).owners).toEqual(["a"]);
  expect(paneAfter(both, { type: "power", lab: "l", atUs: 1, node: "a", on: false }).owners).toEqual(["b"]);
  expect(paneAfter(start, { ...address("a", true), address: "10.0.0.1/30" } as HistoryEvent).owners).toEqual([]);
});

test("no line of the pane is longer than the terminal is wide", () => {
  const { terminal } = fakeTerminal({ columns: 30 });
  const state = fold(
    Array.from({ length: 80 }, (_, index) => probe(index, "timeout")),
    { ...EMPTY_PANE, test: "a test with a name longer than thirty columns" },
  );
  expect(Math.max(...renderPane(state, terminal).map((line) => line.length))).toBeLessThanOrEqual(30);
});

const began = (cells: number, ...suites: string[]): HistoryEvent => ({
  type: "run-started",
  schema: "hachaos/history@1",
  atUs: 0,
  runId: "run",
  startedAt: "",
  seed: 1,
  provider: "fake",
  argv: [],
  host: { kernel: "", cpus: 2, memoryMb: 1, load1: 0, node: "", hachaos: "" },
  baseUs: 0,
  pid: 1,
  cells,
  plan: suites.map((suite) => ({ suite, test: "kill", trials: 1 })),
});
const trial = (lab: string, number: number): HistoryEvent => ({
  type: "trial-started",
  lab,
  atUs: 0,
  suite: "s",
  test: "kill",
  trial: number,
  fault: null,
  expect: { servedBy: "same" },
  budget: { ms: 1_500 } as never,
  failbackBudget: { ms: 0 } as never,
});
const foldRun = (events: HistoryEvent[]): RunState => events.reduce(runAfter, EMPTY_RUN);

test("with several labs each line says of which lab and test, with one none does", () => {
  const lines = (run: HistoryEvent) => {
    const state = foldRun([run, trial("l", 3)]);
    return [runLine(state, trial("l", 4)), runLine(state, proven), runLine(state, { ...proven, lab: "m" })];
  };
  const evidence = "proven: no apache2 process; port closed";
  expect(lines(began(2, "s"))).toEqual([
    "[00:00.0] l: test kill #4, budget 1.5 s",
    `[01:01.2] l kill #3: ${evidence}`,
    `[01:01.2] m: ${evidence}`,
  ]);
  expect(lines(began(1, "s", "t"))[1], "the next suite's lab is warmed").toBe(`[01:01.2] l kill #3: ${evidence}`);
  expect(lines(began(1, "s"))[1]).toBe(`[01:01.2]   ${evidence}`);
});

test("the pane has a line for each of several labs that are there, none longer than the terminal is wide", () => {
  const { terminal } = fakeTerminal({ columns: 50 });
  const state = foldRun([
    began(2, "s"),
    trial("failover-ab12", 1),
    { ...probe(0, "ok", "a"), lab: "failover-ab12" } as HistoryEvent,
    { ...probe(10, "refused"), lab: "failover-ab12" } as HistoryEvent,
    trial("failover-ab12-2", 7),
  ]);
  expect(renderRun(state, terminal).slice(2)).toEqual([
    "failover-ab12            .R  kill: watching",
    "failover-ab12-2              kill #7: watching",
  ]);
  const narrow = fakeTerminal({ columns: 30 }).terminal;
  expect(Math.max(...renderRun(state, narrow).map((line) => line.length))).toBeLessThanOrEqual(30);
  const ended: HistoryEvent = { type: "suite-ended", lab: "failover-ab12", suite: "s", atUs: 0 };
  expect(renderRun(runAfter(state, ended), terminal)).toHaveLength(3);
});

test("without a live terminal there are only plain lines", () => {
  const fake = fakeTerminal();
  const progress = showProgress(fake.terminal);
  progress.onEvent(probe(0, "ok"));
  progress.onEvent(proven);
  progress.end();
  expect(fake.err()).toBe("[01:01.2]   proven: no apache2 process; port closed\n");
});

test("on a live terminal the pane is erased before a line is told, and at the end", () => {
  const fake = fakeTerminal({ live: true });
  const progress = showProgress(fake.terminal, () => 0);
  progress.onEvent(probe(0, "ok", "a"));
  const height = fake.err().split("\n").length - 1;
  progress.onEvent(proven);
  progress.end();
  const erase = `\u001b[${height}F\u001b[J`;
  expect(fake.err().split(erase)).toHaveLength(3);
  expect(fake.err()).toContain(`${erase}[01:01.2]   proven`);
  expect(fake.err().endsWith(erase)).toBe(true);
});

test("a line that is no event takes the pane's place, and the pane comes back below", () => {
  const fake = fakeTerminal({ live: true });
  const progress = showProgress(fake.terminal, () => 0);
  progress.say("interrupted");
  const height = fake.err().split("\n").length - 2;
  progress.say("again");
  expect(fake.err()).toMatch(/^interrupted\n-+\n/);
  expect(fake.err()).toContain(`\u001b[${height}F\u001b[Jagain\n-`);
});

test("the pane is redrawn at most ten times a second", () => {
  const fake = fakeTerminal({ live: true });
  let now = 0;
  const progress = showProgress(fake.terminal, () => now);
  for (now = 0; now < 1000; now += 5) progress.onEvent(probe(now, "ok", "a"));
  expect(fake.err().split("served by a")).toHaveLength(11);
});
