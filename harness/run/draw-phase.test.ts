import { expect, test } from "vitest";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { drawPhaseMs } from "./draw-phase.js";
import { fault, quiet } from "./scenario.js";

const definition = sampleDefinition();
const kill = fault("apache-kill", "apache-kill");
const waits = (seed: number, suite: string, name: string) =>
  [1, 2, 3, 4, 5].map((trial) => drawPhaseMs(definition, { ...kill, name }, { seed, suite, trial }));

test("the same seed gives the same waits, each trial its own", () => {
  expect(waits(7, "suites/failover", "apache-kill")).toEqual(waits(7, "suites/failover", "apache-kill"));
  expect(new Set(waits(7, "suites/failover", "apache-kill")).size).toBe(5);
});

test("another seed, suite or test gives others", () => {
  const first = waits(7, "suites/failover", "apache-kill");
  for (const other of [waits(8, "suites/failover", "apache-kill"), waits(7, "mine", "apache-kill"), waits(7, "suites/failover", "other")]) {
    expect(other).not.toEqual(first);
  }
});

test("over many trials they fill the fault's cycle and never leave it", () => {
  const many = Array.from({ length: 300 }, (_, trial) => drawPhaseMs(definition, kill, { seed: 1, suite: "s", trial }));
  expect(Math.min(...many)).toBeGreaterThanOrEqual(0);
  expect(Math.min(...many)).toBeLessThan(300);
  expect(Math.max(...many)).toBeGreaterThan(9_700);
  expect(Math.max(...many)).toBeLessThan(10_000);
  expect(many.every(Number.isInteger)).toBe(true);
});

test("a test in which nothing is broken waits for nothing", () => {
  expect(drawPhaseMs(definition, quiet("baseline"), { seed: 1, suite: "s", trial: 1 })).toBe(0);
});
