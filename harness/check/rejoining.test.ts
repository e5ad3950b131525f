import { expect, test } from "vitest";
import type { HistoryEvent } from "../history/event.js";
import type { Trial } from "../history/views/trial.js";
import { isRejoining } from "./rejoining.js";

const power = (atUs: number, on: boolean) => ({ type: "power", node: "a", on, atUs }) as HistoryEvent;
const view = (atUs: number, quorate: boolean, online = quorate) =>
  ({ type: "cluster", node: "a", quorate, nodes: [{ name: "a", online }], atUs }) as HistoryEvent;
const at = (events: HistoryEvent[], atUs: number, node = "a") => isRejoining({ events } as unknown as Trial, node, atUs);

test("from power on until its own crm_mon shows it online and quorate again", () => {
  const events = [view(1, true), power(10, false), power(20, true), view(25, false), view(27, true, false), view(30, true)];
  expect([5, 15, 20, 29, 30, 40].map((us) => at(events, us))).toEqual([false, false, true, true, false, false]);
  expect(at(events, 25, "b")).toBe(false);
});

test("for ever, when it never joins", () => {
  expect(at([power(20, true), view(25, false)], 1_000)).toBe(true);
});
