import { describe, expect, test } from "vitest";
import { trialsOf } from "../history/views/trial.js";
import { linkDown, powerOff, type Run } from "../history/testing/scenarios.js";
import { faultDoubt } from "./fault-doubt.js";
import { judged, short } from "./testing/judged.js";

const on = (target: string) => ({ trial: { fault: { kind: "link-down", target, params: {} }, servedBy: "same" as const } });
const reasonOf = (run: Run) => trialsOf(run.history()).map((trial) => faultDoubt(trial)?.reason ?? null);

/** vm-node1 loses power, and 4 s later something comes from it that a dead node cannot send. */
function aliveAfterPowerOff(sign: (run: Run) => void, drawing: Parameters<Run["inject"]>[0] = { nodes: ["vm-node1"] }): Run {
  return powerOff({
    inject: (run) => run.powerOff("vm-node1").inject(drawing),
    during: (run) => {
      run.dark(4_000, "timeout");
      sign(run);
      run
        .dark(3_000, "timeout")
        .vip("vm-node2", true)
        .cluster({ vip: "vm-node2", httpd: "vm-node2" }, { from: ["vm-node2"] });
      run.serve("vm-node2", 6_000);
    },
  });
}

describe("who was meant", () => {
  test.each([
    ["active", null],
    ["vm-node1", null],
    ["standby", "other-target"],
    ["vm-node2", "other-target"],
    ["all", "other-target"],
    ["", null],
  ])("%s, and vm-node1 was struck while it served", (target, reason) => {
    expect(reasonOf(linkDown(on(target)))).toEqual([reason]);
  });
});

describe("a node without power", () => {
  test("is silent, but for its last words", () => {
    expect(reasonOf(powerOff())).toEqual([null]);
    expect(
      reasonOf(
        powerOff({
          inject: (run) =>
            run
              .powerOff("vm-node1")
              .inject({ nodes: ["vm-node1"] })
              .vip("vm-node1", false),
        }),
      ),
    ).toEqual([null]);
  });
  test.each<[string, (run: Run) => void]>([
    ["gets power", (run) => run.powerOn("vm-node1")],
    ["tells an address", (run) => run.vip("vm-node1", true)],
    ["answers crm_mon", (run) => run.cluster({ vip: "vm-node1", httpd: "vm-node1" }, { from: ["vm-node1"] })],
  ])("%s before healing: the fault proves nothing", (_name, sign) => {
    const run = aliveAfterPowerOff(sign);
    expect(short(run, "fault")).toEqual(["unknown", "fault-not-lasting"]);
    expect(judged(run)).toMatchObject({ verdict: "invalid", proven: false });
  });
  test("was reset, and boots before healing: that is what a reset is", () => {
    const run = aliveAfterPowerOff((boots) => boots.powerOn("vm-node1"), { nodes: ["vm-node1"], passes: true });
    expect(short(run, "fault")).toEqual(["pass", null]);
  });
});
