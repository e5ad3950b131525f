import { expect, test } from "vitest";
import type { HistoryEvent } from "../history/event.js";
import type { Trial } from "../history/views/trial.js";
import { isRejoining } from "./rejoining.js";

/** Times are in seconds here. */
const us = (s: number) => s * 1_000_000;
const power = (s: number, on: boolean) => ({ type: "power", node: "a", on, atUs: us(s) }) as HistoryEvent;
const view = (s: number, quorate: boolean, online = quorate, others = online) =>
  ({
    ...{ type: "cluster", node: "a", quorate, atUs: us(s) },
    nodes: [
      { name: "a", online },
      { name: "b", online: others },
    ],
  }) as HistoryEvent;
const at = (events: HistoryEvent[], s: number, node = "a") => isRejoining({ events } as unknown as Trial, node, us(s));

test("from power on until half a second after its own crm_mon shows it online and quorate again", () => {
  const events = [view(1, true), power(10, false), power(20, true), view(25, false), view(27, true, false), view(30, true)];
  expect([5, 15, 20, 29, 30.4, 30.6, 40].map((s) => at(events, s))).toEqual([false, false, true, true, true, false, false]);
  expect(at(events, 25, "b")).toBe(false);
});

test("for ever, when it never joins", () => {
  expect(at([power(20, true), view(25, false)], 1_000)).toBe(true);
});

test("without a power-off, from the others' membership until its own crm_mon since; a first look is no return", () => {
  const member = (s: number, node: string, peer: string, up: boolean, initial = false) =>
    ({ type: "corosync", what: "member", node, peer, up, initial, atUs: us(s) }) as HistoryEvent;
  const lost = [member(1, "b", "a", true, true), view(2, true), member(10, "b", "a", false), view(12, false)];
  expect([1, 5, 11, 13].map((s) => at(lost, s))).toEqual([false, false, false, false]);
  const back = [...lost, member(20, "b", "a", true), member(21, "a", "b", true), view(23, true, true, false), view(25, true)];
  expect([19, 20, 24, 25.6].map((s) => at(back, s))).toEqual([false, true, true, false]);
});
