import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { countCommand, countSuites, countVitest, failuresOf, latestRunId, total } from "./count.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hachaos-count-"));
  mkdirSync(join(folder, "latest"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const store = (id: string, ...verdicts: string[]): void =>
  writeFileSync(
    join(folder, "latest", "results.json"),
    JSON.stringify({ run: { id }, tests: verdicts.map((verdict, index) => ({ suite: "s", name: `t${index}`, verdict })) }),
  );
const report = (json: object): string => {
  writeFileSync(join(folder, "unit.json"), JSON.stringify(json));
  return join(folder, "unit.json");
};

test("vitest's numbers", () => {
  expect(countVitest("unit", report({ numPassedTests: 7, numFailedTests: 2 }), 1)).toMatchObject({ passed: 7, failed: 2 });
});

test("a file that does not load is a failure, and so is a missing report", () => {
  expect(countVitest("unit", report({ numPassedTests: 7, numFailedTests: 0 }), 1)).toMatchObject({ passed: 7, failed: 1 });
  expect(countVitest("unit", join(folder, "none.json"), 1)).toMatchObject({ passed: 0, failed: 1 });
});

test("only pass counts as passed", () => {
  store("new", "pass", "fail", "invalid", "error", "interrupted", "pass");
  expect(countSuites("s", folder, "old", 1)).toMatchObject({ passed: 2, failed: 4 });
});

test("an older run's results do not count, and a run without tests has shown nothing", () => {
  store("old", "pass");
  expect(latestRunId(folder)).toBe("old");
  expect(countSuites("s", folder, "old", 0)).toMatchObject({ passed: 0, failed: 1 });
  store("new");
  expect(countSuites("s", folder, "old", 0)).toMatchObject({ passed: 0, failed: 1 });
});

test("an exit code without a failed test is a failure", () => {
  store("new", "pass");
  expect(countSuites("s", folder, "old", 3)).toMatchObject({ passed: 1, failed: 1 });
});

test("a program that ends well is one test passed, else one failed", () => {
  expect([0, 1, 3].map((code) => countCommand("package", code))).toMatchObject([
    { what: "package", passed: 1, failed: 0 },
    { what: "package", passed: 0, failed: 1 },
    { what: "package", passed: 0, failed: 1 },
  ]);
});

test("the sum", () => {
  expect(
    total([
      { what: "a", passed: 2, failed: 1, failures: [] },
      { what: "b", passed: 3, failed: 0, failures: [] },
    ]),
  ).toEqual({ passed: 5, failed: 1 });
});

test("what failed is named, whatever found it", () => {
  const assertionResults = [
    { status: "passed", fullName: "a b" },
    { status: "failed", fullName: "a c", failureMessages: ["expected 1 to be 2\n    at file"] },
  ];
  store("new", "pass", "invalid");
  const counts = [
    countVitest("unit", report({ numPassedTests: 1, numFailedTests: 1, testResults: [{ assertionResults }] }), 1),
    countCommand("package", 3),
    countSuites("suites", folder, "old", 1),
  ];
  expect(failuresOf(counts)).toEqual(["✗ unit: a c: expected 1 to be 2", "✗ package: ended with exit code 3", "✗ suites: s › t1: invalid"]);
});

test("what a failed test said is told in some lines, without colours and calls", () => {
  const failed = (message: string) =>
    countVitest(
      "lab",
      report({ numFailedTests: 1, testResults: [{ assertionResults: [{ status: "failed", fullName: "a", failureMessages: [message] }] }] }),
      1,
    ).failures;
  expect(failed("exit code; signal null\n\u001b[31m✗\u001b[39m engine-lost: gone\n\n    at run (file.ts:1:2)\n")).toEqual([
    "a: exit code; signal null\n    ✗ engine-lost: gone",
  ]);
  const long = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join("\n");
  const lines = failed(long)[0]?.split("\n") ?? [];
  expect(lines).toHaveLength(15);
  expect(lines.slice(4, 8)).toEqual(["    line 5", "    (26 lines)", "    line 32", "    line 33"]);
  expect(lines.at(-1)).toBe("    line 40");
});
