import { SyntaxValidator } from "fast-xml-validator";
import { describe, expect, it } from "vitest";
import type { TrialResult, Verdict } from "../../check/results.js";
import { statisticsOf } from "../../timing/statistics.js";
import { sampleRun } from "../testing/sample-run.js";
import { stripPlot } from "./strip-plot.js";
import { twinStrip } from "./twin-strip.js";

const template = sampleRun().results.tests[1]!.trials[0]!;
const trial = (ms: number, verdict: Verdict = "pass", maxMs: number | null = ms): TrialResult => ({
  ...template,
  verdict,
  gap: { minMs: ms, maxMs },
});
const pathOf = (svg: string, kind: string): string => new RegExp(`<path class="d-${kind}" d="([^"]*)"`).exec(svg)?.[1] ?? "";
const count = (path: string): number => path.split("M").length - 1;

describe("stripPlot", () => {
  it("marks every trial by what became of it, and says the same in words", () => {
    const trials = [trial(1000), trial(5000), trial(9000, "fail"), trial(9500, "fail", null), trial(2000, "invalid")];
    const svg = stripPlot(trials, 8000, statisticsOf([1000, 5000, 9000, null])).markup;
    expect(SyntaxValidator.validate(svg)).toBe(true);
    expect(["pass", "fail", "open", "void"].map((kind) => count(pathOf(svg, kind)))).toEqual([2, 1, 1, 1]);
    expect(svg).toContain("5 trials: 1.00–9.00 s, median 7.00 s; 1 failed, 1 never came back, 1 proved nothing; budget 8 s");
  });

  it("stays a small picture for thousands of trials, and hides no failure behind those that passed", () => {
    const trials = [...Array.from({ length: 9999 }, (_, index) => trial(2000 + (index % 100))), trial(2050, "fail")];
    const svg = stripPlot(trials, 8000, null).markup;
    expect(svg.length).toBeLessThan(2000);
    expect(count(pathOf(svg, "fail"))).toBe(1);
    expect(svg.indexOf("d-fail")).toBeGreaterThan(svg.indexOf("d-pass"));
    expect(svg).toContain("10000 trials");
  });

  it("leaves out a trial that measured nothing", () => {
    expect(stripPlot([{ ...template, gap: null }, trial(1)], 8000, null).markup.match(/<path/g)).toHaveLength(1);
  });
});

describe("twinStrip", () => {
  it("puts both runs on one axis, what never came back at its end", () => {
    const svg = twinStrip([1000, 2000], [2000, null]).markup;
    expect(SyntaxValidator.validate(svg)).toBe(true);
    expect(svg).toContain("before 2 trials from 1.00 s to 2.00 s; now 2 trials from 2.00 s to 2.00 s, 1 never came back");
    expect(svg.match(/class="d-open"/g)).toHaveLength(1);
  });
});
