import XMLBuilder from "fast-xml-builder";
import type { PhaseResult, TrialResult, Verdict } from "../../check/results.js";
import type { ReportModel, TestModel } from "../model.js";
import type { ReportFormat } from "../registry.js";
import { VERDICT_WORDS } from "../words.js";

/** JUnit XML as CI servers read it: a testsuite per suite, a testcase per test. */
export const junitFormat: ReportFormat = { name: "junit", file: "junit.xml", render: junit };

type Xml = Record<string, unknown>;

function junit(model: ReportModel): string {
  const names = [...new Set([...model.tests.map((test) => test.suite), ...model.results.errors.map((error) => error.suite)])];
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    format: true,
    indentBy: "  ",
    suppressEmptyNode: true,
  });
  const suites = names.map((name) => suiteElement(model, name));
  return printable(
    `${builder.build({ "?xml": { "@version": "1.0", "@encoding": "UTF-8" }, testsuites: { "@name": "hachaos", testsuite: suites } })}\n`,
  );
}

function suiteElement(model: ReportModel, suite: string): Xml {
  const tests = model.tests.filter((test) => test.suite === suite);
  const errors = model.results.errors.filter((error) => error.suite === suite);
  const count = (...verdicts: Verdict[]): number => tests.filter((test) => verdicts.includes(test.verdict)).length;
  return attributes(
    {
      name: suite,
      tests: tests.length + errors.length,
      failures: count("fail"),
      errors: count("invalid", "error") + errors.length,
      skipped: count("interrupted"),
      time: time(tests.reduce((sum, test) => sum + lasted(test), 0)),
      timestamp: model.results.run.startedAt.slice(0, 19),
    },
    {
      properties: {
        property: properties({
          seed: model.results.run.seed,
          provider: model.results.run.provider,
          bonding: model.results.run.bonding,
          ...model.results.run.versions,
        }),
      },
      testcase: [
        ...tests.map((test) => testCase(test)),
        // A lab that never came up has no tests; without a case of its own a CI server would show nothing.
        ...errors.map((error) =>
          attributes(
            { name: "lab", classname: suite, time: "0.000" },
            { error: attributes({ type: error.code, message: error.message }, { "#text": error.hint }) },
          ),
        ),
      ],
    },
  );
}

function testCase(test: TestModel): Xml {
  const trial = test.shown;
  return attributes(
    { name: test.name, classname: test.suite, time: time(lasted(test)) },
    {
      ...(trial ? { properties: { property: properties(trialProperties(test, trial)) } } : {}),
      ...outcome(test),
    },
  );
}

function trialProperties(test: TestModel, trial: TrialResult): Record<string, string | number | null> {
  return {
    fault: trial.fault?.kind ?? null,
    target: trial.fault?.target ?? null,
    trials: test.trials.length,
    "gap.minMs": trial.gap?.minMs ?? null,
    "gap.maxMs": trial.gap?.maxMs ?? null,
    budgetMs: trial.budgetMs,
    servedBefore: trial.servedBefore,
    servedAfter: trial.servedAfter,
    ...phaseProperties("phase", trial.phases),
    "failback.gap.minMs": trial.failback?.gap?.minMs ?? null,
    "failback.gap.maxMs": trial.failback?.gap?.maxMs ?? null,
    "failback.budgetMs": trial.failback?.budgetMs ?? null,
    ...phaseProperties("failback.phase", trial.failback?.phases ?? []),
  };
}

/** `phase.detection.ms`; a phase that was not observed has none, because 0 would be a lie. */
function phaseProperties(prefix: string, phases: readonly PhaseResult[]): Record<string, number | null> {
  return Object.fromEntries(
    phases.map(({ name, startMs, endMs }) => [
      `${prefix}.${name}.ms`,
      startMs === null || endMs === null ? null : rounded(endMs - startMs),
    ]),
  );
}

/** To microseconds, which is what the history has. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** pass: nothing; fail: failure; invalid and error: error of that type; interrupted: skipped. */
function outcome(test: TestModel): Xml {
  if (test.verdict === "pass") return {};
  const message = test.shown?.reason ?? VERDICT_WORDS[test.verdict].meaning;
  if (test.verdict === "interrupted") return { skipped: attributes({ message }) };
  const lines = test.trials.flatMap((trial) =>
    trial.constraints.filter((constraint) => constraint.verdict === "fail").map((constraint) => `${constraint.id} ${constraint.finding}`),
  );
  return { [test.verdict === "fail" ? "failure" : "error"]: attributes({ type: test.verdict, message }, { "#text": lines.join("\n") }) };
}

function properties(values: Record<string, string | number | null>): Xml[] {
  return Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [attributes({ name, value })]));
}

function attributes(values: Record<string, string | number>, children: Xml = {}): Xml {
  return { ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`@${name}`, String(value)])), ...children };
}

/** XML 1.0 (section 2.2) cannot hold most control characters, lone surrogates, U+FFFE and U+FFFF, not even escaped. */
function printable(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}");
}

function lasted(test: TestModel): number {
  return test.trials.reduce((sum, trial) => sum + trial.endMs - trial.startMs, 0);
}

function time(ms: number): string {
  return (ms / 1000).toFixed(3);
}
