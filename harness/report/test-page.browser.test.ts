import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { pageBrowser, type PageBrowser } from "./testing/page-browser.js";
import { sampleRun } from "./testing/sample-run.js";
import { writeReports } from "./write-reports.js";

const APACHE = "#test-suites-failover-apache-kill";

let browser: PageBrowser;
let folder = "";
let sample = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hachaos-page-"));
  const { results, events } = sampleRun();
  sample = pathToFileURL((await writeReports(folder, results, events)).paths["html"] ?? "").href;
  browser = await pageBrowser();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});
afterEach(() => expect(browser.misdeeds()).toEqual([]));

it.each([1280, 480])("never scrolls sideways as a whole and overlaps no lane labels at %i pixels", async (width) => {
  const page = await browser.open(sample + APACHE, { width });
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  const overlaps: unknown =
    await page.evaluate(`[...document.querySelectorAll(".current .timeline .labels text, .current .timeline .tick")].map((e) => [e.textContent, e.getBoundingClientRect()])
    .filter(([, a], i, all) => a.width > 0 && all.some(([, b], j) => j > i && a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)).map(([text]) => text)`);
  expect(overlaps).toEqual([]);
  await page.close();
});

it("zooms and moves the time axis with the keyboard and the buttons", async () => {
  const page = await browser.open(sample + APACHE);
  const figure = page.locator(`${APACHE} figure.time`);
  const view = async (): Promise<number[]> => ((await figure.getAttribute("data-view")) ?? "").split(" ").map(Number);
  await figure.focus();
  await page.keyboard.press("0");
  const [from = 0, to = 0] = await view();
  expect(to - from).toBeGreaterThan(20_000);
  await page.keyboard.press("+");
  await page.keyboard.press("ArrowRight");
  const [zoomedFrom = 0, zoomedTo = 0] = await view();
  expect(zoomedTo - zoomedFrom).toBeCloseTo((to - from) * 0.6, -2);
  await figure.locator("button[data-zoom=gap]").click();
  const [gapFrom = 0, gapTo = 0] = await view();
  expect(gapFrom).toBeLessThan(0);
  expect(gapTo).toBeGreaterThan(5500);
  expect(gapTo - gapFrom).toBeLessThan(8000);
  expect(await figure.locator("text.tick.zero").innerHTML()).toBe("0");
  await page.keyboard.press("Escape");
  expect(await view()).toEqual([from, to]);
  await page.close();
});
