import { expect, test } from "vitest";
import type { EventOf } from "../event.js";
import { wallClockIn } from "./wall-clock.js";

const START_MS = 1_000_000;
const S = 1_000_000;
const clock = (atS: number, epochMs: number, node = "vm-node1"): EventOf<"clock"> => {
  return { type: "clock", lab: "lab-1", node, atUs: atS * S, wallMs: epochMs + atS * 1000 };
};
const around = (atS: number) => ({ fromUs: (atS - 10) * S, toUs: atS * S });

test("what the node's observer told counts, from the run's start on; without it the run's own clock", () => {
  const epoch = wallClockIn([clock(60, START_MS + 4), clock(60, START_MS - 7, "vm-node2")], START_MS);
  expect(epoch("vm-node1", around(100))).toBe(START_MS + 4);
  expect(epoch("vm-node1", around(20))).toBe(START_MS + 4);
  expect(epoch("vm-node2", around(100))).toBe(START_MS - 7);
  expect(epoch("vm-node3", around(100))).toBe(START_MS);
  expect(wallClockIn([], null)("vm-node1", around(100))).toBeNull();
});

test("told again by an observer that was started anew, the clock was not set", () => {
  const epoch = wallClockIn([clock(60, START_MS), clock(120, START_MS + 1)], START_MS);
  expect(epoch("vm-node1", around(118))).toBe(START_MS);
  expect(epoch("vm-node1", around(121))).toBe(START_MS + 1);
});

test("set back by 3 s: stamps of before and after are told apart, and none of the time between is believed", () => {
  const epoch = wallClockIn([clock(60, START_MS), clock(120, START_MS - 3000)], START_MS);
  expect(epoch("vm-node1", around(116))).toBe(START_MS);
  for (const atS of [117.5, 120, 129.9]) expect(epoch("vm-node1", around(atS))).toBeNull();
  expect(epoch("vm-node1", around(131))).toBe(START_MS - 3000);
});

test("read over a network, a clock that seems to have moved within its error was not set", () => {
  const remote = (atS: number, epochMs: number) => ({ ...clock(atS, epochMs), errorMs: 30 });
  const near = wallClockIn([remote(60, START_MS), remote(120, START_MS + 55)], START_MS);
  expect(near("vm-node1", around(121))).toBe(START_MS + 55);
  const far = wallClockIn([remote(60, START_MS), remote(120, START_MS + 75)], START_MS);
  expect(far("vm-node1", around(121))).toBeNull();
});
