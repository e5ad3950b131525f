import { describe, expect, it } from "vitest";
import { reportModel } from "../model.js";
import { sampleComparison } from "../testing/sample-comparison.js";
import { sampleRun } from "../testing/sample-run.js";
import { nightPage } from "./night-page.js";

const text = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ");

describe("nightPage", () => {
  it("lists tests worst first: by verdict, then by their share of the budget", () => {
    const { results, events } = sampleRun();
    const names = reportModel(results, events).ranked.map((test) => test.name);
    expect(names.slice(0, 2)).toEqual(["apache-kill without recurring monitor", "link-down eth2 active"]);
    expect(names).toHaveLength(9);
  });

  it("tells of trials that failed alike once, with the worst of them", () => {
    const { results, events } = sampleRun();
    const test = results.tests.find((each) => each.verdict === "fail")!;
    const [first] = test.trials;
    test.trials = [first!, { ...first!, trial: 2, gap: { minMs: 40_000, maxMs: 41_000 } }, { ...first!, trial: 3, verdict: "pass" }];
    const failures = reportModel(results, events).failures.filter((failure) => failure.verdict === "fail");
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ trials: [1, 2], worstTrial: 1, where: expect.stringContaining("(2 of 3 trials)") as string });
  });

  it("says without a baseline how to get one", () => {
    const { results, events } = sampleRun();
    expect(text(nightPage(reportModel(results, events), new Map()).markup)).toContain("--baseline compares with an earlier run");
  });

  it("shows against a baseline which phase moved, by how much, and what was changed; changed versions are bold", () => {
    const { results, events } = sampleRun();
    const markup = nightPage(reportModel(results, events, ".", sampleComparison()), new Map()).markup;
    const words = text(markup);
    expect(words).toContain("1 slower, 1 faster");
    expect(words).toContain("Of 4 gaps compared, 1 slower, 1 faster, 1 within noise, 1 too few runs");
    expect(words).toMatch(/apache-kill detection .* ▲ \+1\.35 s slower, \+1\.15 s to \+1\.55 s, p 0\.008/);
    expect(words).toMatch(/pacemaker\.crm op monitor interval=2s op monitor interval=10s/);
    expect(markup).toContain("<b>3.1.7</b>".replace("3.1.7", "2.1.5"));
    expect(markup).not.toContain("<b>3.1.7</b>");
    expect(words.indexOf("apache-kill detection")).toBeLessThan(words.indexOf("▼ −0.60 s"));
  });

  it("puts suites that share tests side by side", () => {
    const { results, events } = sampleRun();
    expect(nightPage(reportModel(results, events), new Map()).markup).not.toContain("Side by side");
    const other = results.tests.map((test) => ({ ...test, suite: "suites/three-nodes" }));
    const markup = nightPage(reportModel({ ...results, tests: [...results.tests, ...other] }, events), new Map()).markup;
    expect(markup).toContain("Side by side");
    expect(markup.match(/<table class="matrix">.*?<\/table>/s)?.[0].match(/<td /g)).toHaveLength(18);
  });
});
