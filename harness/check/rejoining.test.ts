import { expect, test } from "vitest";
import type { HistoryEvent } from "../history/event.js";
import type { Trial } from "../history/views/trial.js";
import { isRejoining } from "./rejoining.js";

const power = (atUs: number, on: boolean) => ({ type: "power", node: "a", on, atUs }) as HistoryEvent;
const view = (atUs: number, quorate: boolean, online = quorate, others = online) =>
  ({
    ...{ type: "cluster", node: "a", quorate, atUs },
    nodes: [
      { name: "a", online },
      { name: "b", online: others },
    ],
  }) as HistoryEvent;
const at = (events: HistoryEvent[], atUs: number, node = "a") => isRejoining({ events } as unknown as Trial, node, atUs);

test("from power on until its own crm_mon shows it online and quorate again", () => {
  const events = [view(1, true), power(10, false), power(20, true), view(25, false), view(27, true, false), view(30, true)];
  expect([5, 15, 20, 29, 30, 40].map((us) => at(events, us))).toEqual([false, false, true, true, false, false]);
  expect(at(events, 25, "b")).toBe(false);
});

test("for ever, when it never joins", () => {
  expect(at([power(20, true), view(25, false)], 1_000)).toBe(true);
});

test("without a power-off, from the others' membership until its own crm_mon since; a first look is no return", () => {
  const member = (us: number, node: string, peer: string, up: boolean, initial = false) =>
    ({ type: "corosync", what: "member", node, peer, up, initial, atUs: us }) as HistoryEvent;
  const lost = [member(1, "b", "a", true, true), view(2, true), member(10, "b", "a", false), view(12, false)];
  expect([1, 5, 11, 13].map((us) => at(lost, us))).toEqual([false, false, false, false]);
  const back = [...lost, member(20, "b", "a", true), member(21, "a", "b", true), view(23, true, true, false), view(25, true)];
  expect([19, 20, 24, 25].map((us) => at(back, us))).toEqual([false, true, true, false]);
});
