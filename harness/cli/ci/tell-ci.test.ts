import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { reportModel } from "../../report/model.js";
import { sampleRun } from "../../report/testing/sample-run.js";
import { fakeTerminal } from "../testing/fake-terminal.js";
import { findPlace } from "./find-place.js";
import { tellCi } from "./tell-ci.js";

const { results, events } = sampleRun();
const model = reportModel(results, events, "reports/runs/x");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hachaos-ci-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
});

test("outside a CI job nothing is told", () => {
  const fake = fakeTerminal();
  tellCi(model, fake.terminal, {});
  expect(fake.err()).toBe("");
});

test("the step summary is appended to, as long as there is room", () => {
  const [fake, file] = [fakeTerminal(), join(folder, "summary")];
  writeFileSync(file, "before\n");
  tellCi(model, fake.terminal, { GITHUB_STEP_SUMMARY: file });
  tellCi(model, fake.terminal, { GITHUB_STEP_SUMMARY: file });
  expect(readFileSync(file, "utf8")).toMatch(/^before\n## ✕ hachaos: failed\n[^]*\n## ✕ hachaos: failed\n/);
  writeFileSync(file, "x".repeat(1024 * 1024 - 17 * 1024));
  tellCi(model, fake.terminal, { GITHUB_STEP_SUMMARY: file });
  expect(Buffer.byteLength(readFileSync(file))).toBeLessThan(1024 * 1024);
  writeFileSync(file, "x".repeat(1024 * 1024));
  tellCi(model, fake.terminal, { GITHUB_STEP_SUMMARY: file });
  expect(fake.err()).toContain("the step's summary is full");
});

test("failures are annotated only on GitHub", () => {
  const fake = fakeTerminal();
  tellCi(model, fake.terminal, { GITHUB_ACTIONS: "true" });
  expect(fake.err().trim().split("\n")).toHaveLength(2);
  expect(fake.err()).toMatch(/^::error file=suites\/failover\/[^:]*::C3/);
});

test("a place is the line that names the test, else the promise, else the definition, else none", () => {
  mkdirSync(join(folder, "mine"));
  const suite = join(folder, "mine");
  expect(findPlace(folder, suite, "kill", "C3")).toBeNull();
  writeFileSync(join(suite, "cluster.yaml"), "name: mine\npromises:\n  C3: { survives: apache-kill }\n");
  expect(findPlace(folder, suite, "kill", "C3")).toEqual({ file: "mine/cluster.yaml", line: 3 });
  expect(findPlace(folder, suite, null, "lab-lost")).toEqual({ file: "mine/cluster.yaml", line: 1 });
  writeFileSync(join(suite, "own.suite.ts"), 'suite(import.meta.url, [\n  quiet("baseline"),\n  fault("kill", "apache-kill"),\n]);\n');
  expect(findPlace(folder, suite, "kill", "C3")).toEqual({ file: "mine/own.suite.ts", line: 3 });
  expect(findPlace(join(folder, "elsewhere"), suite, "kill", "C3")).toBeNull();
});
