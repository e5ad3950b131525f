import { expect, test } from "vitest";
import { reportModel } from "../model.js";
import { HOSTILE, hostileRun } from "../testing/hostile-run.js";
import { sampleRun } from "../testing/sample-run.js";
import { markdownFormat, markdownWithin, STEP_SUMMARY_BYTES } from "./markdown.js";

const model = (run = sampleRun()) => reportModel(run.results, run.events, "reports/runs/x");
const rowsOf = (text: string) => text.split("\n").filter((line) => /^\| [✓✕?!‖]/.test(line));

test("a row per test, the worst first, with gap, budget and where the time went", () => {
  const text = markdownFormat.render(model());
  const rows = rowsOf(text);
  expect(rows).toHaveLength(9);
  expect(rows[0]).toContain("apache-kill without recurring monitor");
  expect(rows[1]).toMatch(/^\| \? invalid/);
  expect(rows.find((row) => row.includes("apache-kill |"))).toMatch(
    /^\| ✓ passed \| suites\/failover › apache-kill \| 5\.47–5\.53 s \| 31 s \| detection 3\.4 s, vip up 0\.6 s, service start 0\.6 s \| 2\.17–2\.23 s of 12 s \|$/,
  );
  expect(text).toContain("Run again: ` npx hachaos run suites/failover --seed 42 `");
});

test("rows are dropped from the end until it fits, and it says how many", () => {
  const small = model();
  const [first] = small.tests;
  if (!first) throw new Error("a test");
  const large = { ...small, tests: Array.from({ length: 20_000 }, (_, index) => ({ ...first, name: `${first.name} ${index}` })) };
  const text = markdownWithin(large, STEP_SUMMARY_BYTES);
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(Buffer.byteLength(text)).toBeGreaterThan(STEP_SUMMARY_BYTES - 1000);
  const dropped = Number(/… and (\d+) tests more, left out/.exec(text)?.[1]);
  expect(rowsOf(text).length + dropped).toBe(20_000);
  for (const bytes of [2_000, 5_000, 20_000]) expect(Buffer.byteLength(markdownWithin(large, bytes))).toBeLessThanOrEqual(bytes);
});

test("text of nodes and services makes no markup, cell or line", () => {
  const text = markdownFormat.render(model(hostileRun()));
  // The command stands in a code span, where nothing is markup.
  const outside = text.replace(/(?<!\\)` .* `/g, "");
  expect(outside).toContain("\\<script\\>");
  expect(outside).not.toMatch(/(?<!\\)[<&]/);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  for (const row of rowsOf(text)) expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
  expect(HOSTILE).toContain("<script>");
});
