import { describe, expect, it } from "vitest";
import type { TrialResult } from "../check/results.js";
import { reportModel } from "./model.js";
import { sampleRun } from "./testing/sample-run.js";

describe("reportModel", () => {
  it("counts verdicts, finds the longest gap and gives every test its own id", () => {
    const { results, events } = sampleRun();
    const model = reportModel(results, events);
    expect(model.counts).toEqual({ pass: 7, fail: 1, invalid: 1, error: 0, interrupted: 0 });
    expect(model.worst?.test.name).toBe("apache-kill without recurring monitor");
    expect(new Set(model.tests.map((test) => test.id)).size).toBe(9);
    expect(model.failures.map((failure) => failure.verdict)).toEqual(["fail", "invalid"]);
  });

  it("puts the axis' zero where the fault was proven", () => {
    const { results, events } = sampleRun();
    const view = reportModel(results, events).tests.find((test) => test.name === "apache-kill")?.views[0];
    expect(view?.zeroMs).toBe(view?.result.faultMs);
    expect(view?.dark[0]).toEqual({ fromMs: -25, toMs: expect.closeTo(5501.8) as number });
    expect(view?.outcomes).toMatchObject({ timeout: 36 });
  });

  it("draws the worst trial, the slowest and the one in the middle, and keeps the others in the table", () => {
    const { results, events } = sampleRun();
    const test = results.tests.find((each) => each.name === "apache-kill");
    const [first] = test?.trials ?? [];
    if (!test || !first) throw new Error("the sample has no apache-kill");
    const trial = (number: number, maxMs: number, verdict: TrialResult["verdict"] = "pass"): TrialResult => ({
      ...first,
      trial: number,
      verdict,
      gap: { minMs: maxMs, maxMs },
    });
    test.trials = [trial(1, 5000), trial(2, 9000), trial(3, 100, "fail"), trial(4, 7000), trial(5, 1)];
    const model = reportModel({ ...results, tests: [test] }, events).tests[0];
    expect(model?.views.map((view) => view.result.trial)).toEqual([3, 2, 1]);
    expect(model?.shown?.trial).toBe(3);
  });

  it("shows at most 300 log lines, trouble before chatter, and counts the rest", () => {
    const { results, events } = sampleRun();
    const trial = results.tests[0]?.trials[0];
    if (!trial) throw new Error("the sample is empty");
    const chatter = Array.from({ length: 1000 }, (_, index) => ({
      type: "log" as const,
      atUs: Math.round(trial.startMs * 1000) + index,
      lab: "lab1",
      node: "vm-node1",
      source: "x",
      text: index === 999 ? "error: at last" : "chatter",
    }));
    const log = reportModel(results, [...events, ...chatter]).tests[0]?.views[0]?.log;
    expect(log?.lines).toHaveLength(300);
    expect(log?.lines.some((line) => line.text === "error: at last")).toBe(true);
    expect(log?.omitted).toBeGreaterThan(700);
  });
});
