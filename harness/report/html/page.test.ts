import { describe, expect, it } from "vitest";
import { reportModel } from "../model.js";
import { hostileRun } from "../testing/hostile-run.js";
import { sampleRun } from "../testing/sample-run.js";
import { page } from "./page.js";

const sample = (): string => {
  const { results, events } = sampleRun();
  return page(reportModel(results, events, "reports/runs/x"));
};

describe("page", () => {
  it("is one small file that names nothing to load", () => {
    const text = sample();
    expect(text.length).toBeLessThan(2_000_000);
    expect(text).toContain("default-src 'none'");
    expect(text).not.toMatch(/\b(src|href)="(?!#|data:,)/);
    expect(text).not.toMatch(/@import|url\((?!#)/);
    expect(text).not.toMatch(/ style="/);
  });

  it("says the verdict, each test, its gap, its findings and how to run it again", () => {
    const text = sample();
    for (const words of [
      "1 of 9 tests failed",
      "7 passed",
      "5.47–5.53 s",
      "never came back",
      "no-recurring-monitor",
      "npx hachaos run suites/failover --seed 42",
      "Set by cluster.yaml",
      "Open vSwitch",
    ]) {
      expect(text).toContain(words);
    }
    expect(text.match(/<article class="page" id="test-/g)).toHaveLength(9);
  });

  it("keeps hostile text as text", () => {
    const { results, events } = hostileRun();
    const text = page(reportModel(results, events));
    expect(text.match(/<script/g)).toHaveLength(2);
    // One per test: what is packed in it ends at the first closing tag, so no text may bring one along.
    expect([text.match(/<noscript/g), text.match(/<\/noscript/gi)].map((found) => found?.length)).toEqual([9, 9]);
    expect(text).not.toMatch(/<img|="[^"]*alert\(1\)"|\u0000|\u001b|\u202e/);
  });

  it("can be made without any history and without any test", () => {
    const { results } = sampleRun();
    expect(page(reportModel(results, []))).toContain("holds no observation");
    const failed = {
      ...results,
      tests: [],
      verdict: "error" as const,
      errors: [{ suite: "s", code: "lab-not-ready", message: "no quorum", hint: "look" }],
    };
    expect(page(reportModel(failed, []))).toMatch(/The lab failed[^]*no quorum/);
  });
});
