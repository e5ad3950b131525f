import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { syntheticRun } from "../../scripts/bench/synthetic-run.mjs";
import { judge } from "../check/judge.js";
import { parseHistory } from "../history/read-history.js";
import { pageBrowser, type PageBrowser } from "./testing/page-browser.js";
import { writeReports } from "./write-reports.js";

const GOLDEN = fileURLToPath(new URL("../check/golden/real-failover.ndjson", import.meta.url));
/** 10,000 trials as a wide night and as one test alone; how long they take is `npm run bench`'s to say. */
const NIGHTS = [
  { tests: 1000, repetitions: 10, histories: 60 },
  { tests: 1, repetitions: 10_000, histories: 20 },
];

let browser: PageBrowser;
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hachaos-large-"));
  browser = await pageBrowser();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});
afterEach(() => expect(browser.misdeeds()).toEqual([]));

describe.each(NIGHTS)("$tests tests of $repetitions trials", (size) => {
  it("fit into 5 MB, and open, filter and lead to a test", { timeout: 180_000 }, async () => {
    const history = parseHistory(await readFile(GOLDEN, "utf8"), GOLDEN);
    const run = syntheticRun(judge(history), history.events, size);
    const written = await writeReports(join(folder, String(size.tests)), run.results, run.events);
    expect(written.failed).toEqual([]);
    const file = written.paths["html"] ?? "";
    expect((await stat(file)).size).toBeLessThan(5_000_000);

    const page = await browser.open(pathToFileURL(file).href);
    page.setDefaultTimeout(60_000);
    const rows = page.locator("table.tests tr[data-verdict]:visible");
    expect(await rows.count()).toBe(size.tests);
    await page.locator("#filter").fill("no such test");
    expect(await rows.count()).toBe(0);
    await page.locator("#filter").fill("apache-kill");
    expect(await rows.count()).toBe(size.tests);
    // Trials that failed are on the picture, however many passed beside them.
    const failing = run.results.tests.filter((test) => test.verdict === "fail").length;
    expect(await page.locator("table.tests tr.v-fail .strip :is(.d-fail, .d-open)").count()).toBeGreaterThanOrEqual(failing);
    await rows.first().locator("a").first().click();
    await page.locator(".page.current h2", { hasText: "apache-kill" }).first().waitFor();
    // Every trial has a row of its own or a line in the text below the table.
    const tableRows = await page.locator(".page.current .trials tbody tr").count();
    const lines = (await page.locator(".page.current .others pre").allTextContents()).flatMap((text) => text.split("\n").slice(1));
    expect(tableRows + lines.length).toBe(size.repetitions);
    await page.close();
  });
});
