import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Trial } from "../history/views/trial.js";
import { openSandbox, type Sandbox } from "../robustness/testing/sandbox.js";
import { capturedRun, type CapturedRun } from "./testing/captured-run.js";
import { capturedInterval, FAILBACK, FAULT, type ReportedOf } from "./testing/captured-interval.js";
import type { Comparison } from "./testing/compare.js";
import { told } from "./testing/told.js";

/** Who refuses and who falls silent: the two ways in which a service goes dark. Ten of each: 20 trials. */
const SCENARIOS = `fault("apache-kill", "apache-kill"), fault("node-power-off", "node-power-off")`;
const REPEAT = 10;
/** A reading of both clocks is some microseconds apart; CLOCK_MONOTONIC and the wall clock run at the same pace unless that is set. */
const CLOCK_ERROR_US = 100;

let sandbox: Sandbox;
let run: CapturedRun;

beforeAll(async () => {
  sandbox = await openSandbox();
  run = await capturedRun(sandbox, "ground-truth", SCENARIOS, REPEAT);
}, 1_800_000);
afterAll(async () => {
  await sandbox.close();
});

test("packets and probes have comparable times, and no packet was missed", () => {
  const [before, after] = run.captured.offsets;
  expect(before.errorUs + after.errorUs, "us, reading the clocks").toBeLessThan(CLOCK_ERROR_US);
  expect(Math.abs(after.us - before.us), "us, wall clock set meanwhile").toBeLessThan(CLOCK_ERROR_US);
  expect(run.captured.said).toMatch(/^0 packets dropped by kernel$/m);
});

describe("the reported interval holds what the packets show", () => {
  test("of the fault, in 20 of 20 trials", () => {
    const all = comparisons(FAULT);
    show("fault", all);
    expect(all).toHaveLength(20);
    expect(
      all.filter(({ found }) => found === null).map(({ name }) => name),
      "trials without a gap to compare",
    ).toEqual([]);
    expect(contradictions(all)).toEqual([]);
  });

  test("of the failback, in every trial that has one", () => {
    const all = comparisons(FAILBACK).filter(({ found }) => found !== null);
    show("failback", all);
    // The way back of node-power-off is always dark: the service stops on one node before it starts on the other.
    expect(all.length).toBeGreaterThanOrEqual(10);
    expect(contradictions(all)).toEqual([]);
  });

  test("and is no wider than two periods and two answers", () => {
    for (const { name, trial, found } of comparisons(FAULT)) {
      // A refusal is an answer: a dark time has begun by the end of its first failure (Spell.darkByUs). A request that nobody heard is none.
      const answers = trial.probes.filter(({ outcome }) => outcome !== "timeout").map(({ endUs, scheduledUs }) => endUs - scheduledUs);
      const allowedMs = 2 * ((trial.probe?.periodMs ?? 0) + Math.max(...answers) / 1000);
      expect(found?.widthMs, `${name}: width in ms`).toBeLessThanOrEqual(allowedMs);
    }
  });
});

interface Compared {
  name: string;
  trial: Trial;
  of: ReportedOf;
  found: Comparison | null;
}

function comparisons(of: ReportedOf): Compared[] {
  return run.trials.map((trial) => {
    const { answersUs } = run.captured;
    return { name: `${trial.test} ${trial.number}`, trial, of, found: capturedInterval(trial, answersUs, of) };
  });
}

/** One for each trial that has some, with all that is needed to understand it. */
function contradictions(all: readonly Compared[]): string[] {
  return all
    .filter(({ found }) => (found?.wrong.length ?? 0) > 0)
    .map(({ name, trial, of, found }) => [name, ...(found?.wrong ?? []), ...told(trial, run.captured.answersUs, of)].join("\n"));
}

/** For docs/timing.md. */
function show(what: string, all: Compared[]): void {
  const lines = all.map(({ name, found }) =>
    found === null
      ? `${name}: -`
      : `${name}: packets ${found.answersMs.toFixed(2)}, reported ${found.minMs.toFixed(2)} to ${found.maxMs.toFixed(2)}, width ${found.widthMs.toFixed(2)} ms`,
  );
  process.stdout.write(`${what}\n${lines.join("\n")}\n`);
}
