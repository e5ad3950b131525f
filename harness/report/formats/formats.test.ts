import { XMLParser } from "fast-xml-parser";
import { SyntaxValidator } from "fast-xml-validator";
import { describe, expect, it } from "vitest";
import { results as schema } from "../../check/results.js";
import { statisticsOf } from "../../timing/statistics.js";
import { reportModel } from "../model.js";
import { HOSTILE, hostileRun } from "../testing/hostile-run.js";
import { sampleComparison } from "../testing/sample-comparison.js";
import { sampleRun } from "../testing/sample-run.js";
import { jsonFormat } from "./json.js";
import { junitFormat } from "./junit.js";
import { summaryFormat } from "./summary.js";

interface Case {
  name: string;
  failure?: { type: string; message: string; "#text": string };
  error?: { type: string };
  properties: { property: { name: string; value: string }[] };
}
interface Suite {
  name: string;
  tests: string;
  failures: string;
  errors: string;
  testcase: Case[];
}

const parse = (xml: string): Suite[] => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseAttributeValue: false,
    isArray: (name) => ["testsuite", "testcase", "property"].includes(name),
  });
  return (parser.parse(xml) as { testsuites: { testsuite: Suite[] } }).testsuites.testsuite;
};
const model = (run = sampleRun()) => reportModel(run.results, run.events, "reports/runs/x");

describe("junit", () => {
  it("maps suites, tests, failures, invalid trials and properties", () => {
    const [suite] = parse(junitFormat.render(model()));
    expect(suite).toMatchObject({ name: "suites/failover", tests: "9", failures: "1", errors: "1", skipped: "0" });
    const find = (name: string): Case | undefined => suite?.testcase.find((each) => each.name === name);
    expect(find("apache-kill")?.properties.property).toEqual(
      expect.arrayContaining([
        { name: "gap.minMs", value: "5475" },
        { name: "gap.maxMs", value: "5525" },
        { name: "budgetMs", value: "31000" },
        { name: "servedBefore", value: "vm-node1" },
        { name: "servedAfter", value: "vm-node2" },
      ]),
    );
    expect(find("apache-kill")).not.toHaveProperty("failure");
    const phases = find("apache-kill")?.properties.property.filter(({ name }) => name.startsWith("phase."));
    const trial = sampleRun().results.tests.find(({ name }) => name === "apache-kill")?.trials[0];
    const seen = trial?.phases.flatMap(({ name, startMs, endMs }) =>
      startMs === null || endMs === null ? [] : [{ name, ms: endMs - startMs }],
    );
    expect(phases?.length).toBeGreaterThan(3);
    // A phase that was not observed has no property.
    expect(phases).toEqual(seen?.map(({ name, ms }) => ({ name: `phase.${name}.ms`, value: String(Math.round(ms * 1000) / 1000) })));
    expect(find("apache-kill")?.properties.property).toContainEqual({ name: "phase.detection.ms", value: "3431" });
    expect(find("apache-kill without recurring monitor")?.failure?.["#text"]).toContain("C3 nobody served");
    expect(find("link-down eth2 active")?.error?.type).toBe("invalid");
  });

  it("stays valid XML with hostile text, and gives a lost lab a case of its own", () => {
    const xml = junitFormat.render(model(hostileRun()));
    expect(SyntaxValidator.validate(xml)).toBe(true);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    const suites = parse(xml);
    const printable = HOSTILE.replace(/[\0\x1b]/g, "\u{FFFD}");
    expect(suites.map((suite) => suite.name)).toEqual(["suites/failover", printable]);
    expect(suites[1]?.testcase[0]?.error?.type).toBe("lab-lost");
  });
});

describe("json", () => {
  it("is the public schema", () => {
    const run = sampleRun();
    expect(schema.parse(JSON.parse(jsonFormat.render(model(run))))).toEqual(run.results);
  });
});

describe("summary", () => {
  it("holds a row per test, a block per failure and the report's path last", () => {
    const text = summaryFormat.render(model());
    expect(text).toMatch(/✓ passed +suites\/failover › apache-kill +5\.47–5\.53 s +31 s +vm-node1 -> vm-node2 +2\.17–2\.23 s of 12 s/);
    expect(text).toMatch(
      /✕ suites\/failover › apache-kill without recurring monitor\n {2}C3: nobody served.*\n {2}gap: .*\n {2}gap over 32\.90 s, never came back; budget 31 s\n {2}evidence .*apache2 killed.*\n {2}hint .*op monitor interval/,
    );
    expect(text.trimEnd().split("\n").slice(-3)).toEqual([
      "exit 1: a constraint or a budget was violated",
      "again   npx hachaos run suites/failover --seed 42",
      "report  reports/runs/x/index.html",
    ]);
  });

  it("tells with repeated trials how many passed and their median with its interval, then where the longest gap went", () => {
    const run = sampleRun();
    const test = run.results.tests.find((each) => each.name === "apache-kill")!;
    const [first] = test.trials;
    const gaps = [5000, 5500, 6000, 6500, 7000, 40_000];
    test.trials = gaps.map((maxMs, index) => ({ ...first!, trial: index + 1, gap: { minMs: maxMs, maxMs } }));
    test.statistics = { gap: statisticsOf(gaps), failback: null, phases: {} };
    const text = summaryFormat.render(reportModel({ ...run.results, tests: [test] }, run.events));
    expect(text).toMatch(/✓ passed +suites\/failover › apache-kill +6\/6 +6\.25 s \(5\.00–40\.00 s\) +40\.00 s +31 s/);
    expect(text).toContain(
      "phases of the longest gap (apache-kill, trial 6): fault 0.15 s, detection 3.43 s, membership not observed, decision 0.55 s, stop 0.20 s, vip up 0.60 s",
    );
    expect(text).toContain("1 passed, 6 trials");
  });

  it("lists what became slower than the baseline, the largest shift first", () => {
    const run = sampleRun();
    const text = summaryFormat.render(reportModel(run.results, run.events, ".", sampleComparison()));
    expect(text).toMatch(
      /against 20261119-021500-failover: 1 slower, 1 faster, .*\n {2}▲ suites\/failover › apache-kill, gap: \+1\.40 s \(\+1\.20 s to \+1\.60 s\)\n {2}▲ .*, detection: /,
    );
    expect(text).toContain("changed since: pacemaker, suites/failover/pacemaker.crm");
  });

  it("stays short for a thousand tests and says what it leaves out", () => {
    const run = sampleRun();
    const tests = Array.from({ length: 1000 }, (_, index) => ({ ...run.results.tests[index % 9]!, name: `test ${index}` }));
    const text = summaryFormat.render(reportModel({ ...run.results, tests }, []));
    expect(text.split("\n").length).toBeLessThan(300);
    expect(text).toContain("and 940 more tests in the report");
  });

  it("lets no text move the terminal's cursor", () => {
    expect(summaryFormat.render(model(hostileRun()))).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});
