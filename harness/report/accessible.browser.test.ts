import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pageBrowser, type PageBrowser } from "./testing/page-browser.js";
import { sampleComparison } from "./testing/sample-comparison.js";
import { sampleRun } from "./testing/sample-run.js";
import { writeReports } from "./write-reports.js";

let browser: PageBrowser;
let folder = "";
let sample = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hachaos-axe-"));
  const { results, events } = sampleRun();
  sample = pathToFileURL((await writeReports(folder, results, events, { comparison: sampleComparison() })).paths["html"] ?? "").href;
  browser = await pageBrowser();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** What axe-core finds, as [impact, rule, where]; rules of WCAG 2.2 A and AA and its good practices. */
async function violations(url: string, dark: boolean): Promise<unknown> {
  const page = await browser.open(url, { dark });
  // The debugger may run what the page's policy forbids to its own scripts.
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const found: unknown = await page.evaluate(`axe.run(document).then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ impact, id, nodes }) => [impact, id, nodes.slice(0, 3).map((node) => node.target.join(" "))]))`);
  await page.close();
  return found;
}

it.each([
  ["the night page", "", false],
  ["the night page, dark", "", true],
  ["a test's page", "#test-suites-failover-apache-kill", false],
  ["a test's page, dark", "#test-suites-failover-apache-kill", true],
])("%s can be used with a keyboard and a screen reader, as far as axe-core sees", async (_, hash, dark) => {
  expect(await violations(sample + hash, dark)).toEqual([]);
});
