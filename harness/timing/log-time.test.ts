import { describe, expect, test } from "vitest";
import type { EventOf } from "../history/event.js";
import type { WallClock } from "../history/views/wall-clock.js";
import { lineTime } from "./log-time.js";

const START_MS = Date.parse("2026-11-22T21:43:00.000Z");
const EPOCH: WallClock = () => START_MS;
const line = (text: string, readMs: number): EventOf<"log"> => ({
  ...{ type: "log", lab: "lab-1", node: "vm-node1", source: "pacemaker", text },
  atUs: readMs * 1000,
});

describe("lineTime", () => {
  test("takes the daemon's own stamp, however late the line was read", () => {
    const late = line("Nov 22 21:43:18.786 vm-node1 pacemaker-controld  [209] (log_executor_event) 	notice: x", 19_700);
    expect(lineTime(EPOCH, late)).toEqual({ atUs: 18_786_000, errorUs: 10_000 });
    expect(lineTime(EPOCH, line("Nov 22 21:43:36.554 [207] vm-node2 corosync notice  [TOTEM ] x", 37_000)).atUs).toBe(36_554_000);
  });

  test("whatever the node's zone, and over midnight", () => {
    for (const clock of ["22:43:18.786", "03:13:18.786", "16:58:18.786"])
      expect(lineTime(EPOCH, line(`Nov 23 ${clock} vm-node1 x`, 19_700)).atUs).toBe(18_786_000);
  });

  test("a stamp of whole seconds says no more than its second, and no more than when it was read", () => {
    expect(lineTime(EPOCH, line("Nov 22 21:43:18  apache(httpd)[960]:    INFO: apache not running", 20_000))).toEqual({
      atUs: 19_000_000,
      errorUs: 1_000_000,
    });
    expect(lineTime(EPOCH, line("Nov 22 21:43:18  apache(httpd)[960]:    INFO: apache not running", 18_300)).atUs).toBe(18_300_000);
  });

  test("without a stamp, with that of another clock, or without our own, it is when the line was read", () => {
    const read = { atUs: 19_700_000, errorUs: 1_100_000 };
    expect(lineTime(EPOCH, line("no stamp", 19_700))).toEqual(read);
    expect(lineTime(EPOCH, line("Nov 22 21:39:18.786 vm-node1 x", 19_700))).toEqual(read);
    expect(lineTime(EPOCH, line("Nov 22 21:44:18.786 vm-node1 x", 19_700))).toEqual(read);
    expect(lineTime(() => null, line("Nov 22 21:43:18.786 vm-node1 x", 19_700))).toEqual(read);
  });

  test("never after it was read", () => {
    expect(lineTime(EPOCH, line("Nov 22 21:43:18.786 vm-node1 x", 18_780)).atUs).toBe(18_780_000);
  });

  test("read over a network, a clock is known to half a round trip either way", () => {
    const stamped = line("Nov 22 21:43:18.786 vm-node1 x", 19_700);
    expect(lineTime(EPOCH, stamped, 40_000)).toEqual({ atUs: 18_826_000, errorUs: 90_000 });
    // Stamped 30 ms after it was read, as the clock is taken to be: not by another clock, as one of 10 ms would be.
    const ahead = line("Nov 22 21:43:18.786 vm-node1 x", 18_756);
    expect(lineTime(EPOCH, ahead, 40_000)).toEqual({ atUs: 18_756_000, errorUs: 90_000 });
    expect(lineTime(EPOCH, ahead).errorUs).toBe(1_100_000);
  });
});
