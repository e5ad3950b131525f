import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { level, night } from "../testing/nights.js";
import { pageBrowser, poorContrast, type PageBrowser } from "../testing/page-browser.js";
import { reportFiles, type ReportFiles } from "../testing/report-files.js";
import { trendPage } from "./trend-page.js";
import { trendOf } from "./trend.js";

let browser: PageBrowser;
let files: ReportFiles;
let url = "";

beforeAll(async () => {
  files = await reportFiles();
  url = await files.writePage("trend", trendPage(trendOf([...level(1, 13, 5_000), ...level(13, 20, 7_100), night(20, [7_000, null])])));
  browser = await pageBrowser();
});
afterAll(async () => {
  await browser.close();
  await files.remove();
});
afterEach(() => expect(browser.misdeeds()).toEqual([]));

it("opens from disk without errors or requests, every trial in sight and the later level above the earlier one", async () => {
  const page = await browser.open(url);
  const dots = await Promise.all((await page.locator(".dot").all()).map((dot) => dot.boundingBox()));
  expect(dots).toHaveLength(58);
  expect(dots.every((box) => box !== null && box.width > 0 && box.x >= 0 && box.x + box.width <= 1280)).toBe(true);
  expect(dots.at(-1)?.y).toBeLessThan(dots[0]?.y ?? 0);
  await page.close();
});

it.each([1280, 480])("never scrolls sideways as a whole at %i pixels", async (width) => {
  const page = await browser.open(url, { width });
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  await page.close();
});

it.each([false, true])("has readable contrast everywhere (dark: %s)", async (dark) => {
  const page = await browser.open(url, { dark });
  expect(await poorContrast(page)).toEqual([]);
  await page.close();
});
