import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { hostileRun } from "./testing/hostile-run.js";
import { pageBrowser, poorContrast, type PageBrowser } from "./testing/page-browser.js";
import { reportFiles, type ReportFiles } from "./testing/report-files.js";
import { sampleRun } from "./testing/sample-run.js";

const APACHE = "#test-suites-failover-apache-kill";

let browser: PageBrowser;
let files: ReportFiles;
let sample = "";
let hostile = "";

beforeAll(async () => {
  files = await reportFiles();
  sample = await files.write("sample", sampleRun());
  hostile = await files.write("hostile", hostileRun());
  browser = await pageBrowser();
});
afterAll(async () => {
  await browser.close();
  await files.remove();
});
afterEach(() => expect(browser.misdeeds()).toEqual([]));

it("opens from disk on the night page, without errors or requests", async () => {
  const page = await browser.open(sample);
  expect(await page.locator("h1").innerText()).toBe("1 of 9 tests failed");
  expect(await page.locator(".page:visible").count()).toBe(1);
  await page.close();
});

it.each([1280, 480])("never scrolls sideways as a whole at %i pixels", async (width) => {
  const page = await browser.open(sample, { width });
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  await page.close();
});

it.each([false, true])("has readable contrast everywhere (dark: %s)", async (dark) => {
  const page = await browser.open(sample, { dark });
  expect(await poorContrast(page)).toEqual([]);
  const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
  expect(background).toBe(dark ? "rgb(15, 18, 23)" : "rgb(246, 247, 249)");
  await page.locator("#theme").click();
  expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).not.toBe(background);
  await page.close();
});

it("shows one page at a time: by deep link, by links from the keyboard, and back", async () => {
  const page = await browser.open(sample + APACHE);
  const shown = (): Promise<unknown> =>
    page.evaluate("[...document.querySelectorAll('.page')].filter((e) => e.offsetParent).map((e) => e.id)");
  await expect.poll(shown).toEqual([APACHE.slice(1)]);
  expect(await page.locator(`${APACHE} h2`).innerText()).toBe("apache-kill");
  await page.locator("a.brand").focus();
  await page.keyboard.press("Enter");
  await expect.poll(shown).toEqual(["night"]);
  await page.locator("table.tests a", { hasText: "node-power-off" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(shown).toEqual(["test-suites-failover-node-power-off"]);
  await expect.poll(() => page.evaluate("document.activeElement.textContent")).toBe("node-power-off");
  await page.goBack();
  await expect.poll(shown).toEqual(["night"]);
  await page.goto(`${sample}${APACHE}--1`);
  await page.locator(`${APACHE}--1`).waitFor();
  await page.close();
});

it("filters the table by text and verdict", async () => {
  const page = await browser.open(sample);
  const rows = page.locator("table.tests tr[data-verdict]:visible");
  await page.locator("#filter").fill("apache vm-node2");
  expect(await rows.count()).toBe(1);
  await page.locator("#filter").fill("");
  await page.locator(".chip[data-verdict=invalid]").click();
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining("link-down eth2 active")]);
  await page.locator("#filter").fill("no such test");
  expect(await page.locator("#nothing").isVisible()).toBe(true);
  await page.close();
});

it("keeps hostile text inert on every page", async () => {
  const page = await browser.open(hostile);
  expect(await page.locator(".failure").first().innerText()).toContain(`<img src=x onerror="alert(1)">`);
  const ids: string[] = await page.evaluate("[...document.querySelectorAll('.page')].map((e) => e.id)");
  for (const id of ids) {
    await page.evaluate(`location.hash = ${JSON.stringify(id)}`);
    await page.locator(`#${id}.current`).waitFor();
    await page.evaluate("document.querySelectorAll('details').forEach((e) => (e.open = true))");
  }
  await page.mouse.move(300, 300);
  expect(await page.locator("noscript").count()).toBe(0);
  expect(await page.locator("img, script, [onerror], [onmouseover]").count()).toBe(2);
  await page.close();
});

it("can be read without scripts: all pages follow one another", async () => {
  const page = await browser.open(sample, { scripts: false });
  expect(await page.locator("#filter").isVisible()).toBe(false);
  expect(await page.locator(".page:visible").count()).toBe(10);
  const timeline = page.locator(`${APACHE} svg.timeline`).first();
  expect(await timeline.isVisible()).toBe(true);
  expect(await timeline.locator("rect.dark").count()).toBe(2);
  await page.close();
});

it("copies the command that runs it again", async () => {
  const page = await browser.open(sample);
  const command = await page.locator("#rerun").innerText();
  await page.locator("[data-copy=rerun]").click();
  await page.locator("[data-copy=rerun]", { hasText: /Copied|Selected/ }).waitFor();
  expect(await page.evaluate("getSelection().toString()")).toBe(command);
  expect(command).toMatch(/^npx hachaos run /);
  await page.close();
});

it("prints the page that is shown in light colours, without its buttons", async () => {
  const page = await browser.open(sample + APACHE, { dark: true });
  await page.emulateMedia({ media: "print" });
  expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
  expect(await page.locator("button:visible").count()).toBe(0);
  expect(await page.locator(`${APACHE} .timeline`).first().isVisible()).toBe(true);
  expect(await page.locator("#night").isVisible()).toBe(false);
  await page.close();
});
