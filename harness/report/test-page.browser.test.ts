import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { HOSTILE, hostileRun } from "./testing/hostile-run.js";
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
  sample = await files.write("sample", repeated(sampleRun()));
  hostile = await files.write("hostile", hostileRun());
  browser = await pageBrowser();
});
afterAll(async () => {
  await browser.close();
  await files.remove();
});
afterEach(() => expect(browser.misdeeds()).toEqual([]));

/** The same with a second trial of the Apache's test: its power-off told as if it were one. */
function repeated(run: ReturnType<typeof sampleRun>): ReturnType<typeof sampleRun> {
  const [apache, power] = ["apache-kill", "node-power-off"].map((name) => run.results.tests.find((test) => test.name === name));
  if (!apache || !power) throw new Error("the sample has lost a test");
  apache.trials.push(...power.trials.map((trial) => ({ ...trial, trial: 2 })));
  run.results.tests = run.results.tests.filter((test) => test !== power);
  for (const event of run.events)
    if (event.type === "trial-started" && event.test === power.name) [event.test, event.trial] = [apache.name, 2];
  return run;
}

/** The figure of the trial that is shown, and the window of its axis. */
function shownFigure(page: Page): { figure: Locator; view: () => Promise<number[]> } {
  const figure = page.locator(`${APACHE} .trial.shown figure.time`);
  return { figure, view: async () => ((await figure.getAttribute("data-view")) ?? "").split(" ").map(Number) };
}

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
  const page = await browser.open(`${sample}${APACHE}--1`);
  const { figure, view } = shownFigure(page);
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

it("zooms to a window that is dragged and with Ctrl and the wheel; the log narrows with it and says so", async () => {
  const page = await browser.open(`${sample}${APACHE}--1`);
  const { figure, view } = shownFigure(page);
  const visible = page.locator(`${APACHE} .trial.shown .log tbody tr:visible`);
  const all = await visible.count();
  const box = await figure.locator("svg.timeline").boundingBox();
  if (!box) throw new Error("no time axis");
  const at = (share: number): number => box.x + (box.width * (216 + 912 * share)) / 1136;
  await page.mouse.move(at(0.2), box.y + 140);
  await page.mouse.down();
  await page.mouse.move(at(0.4), box.y + 140, { steps: 4 });
  await page.mouse.up();
  const [from = 0, to = 0] = await view();
  expect(to - from).toBeGreaterThan(5000);
  expect(to - from).toBeLessThan(6500);
  const times = await page.evaluate<number[]>(
    "[...document.querySelectorAll('.trial.shown .log tbody tr')].filter((e) => e.offsetParent).map((e) => Number(e.dataset.ms))",
  );
  expect(times.length).toBeGreaterThan(3);
  expect(times.length).toBeLessThan(all);
  expect(times.every((ms) => ms >= from && ms <= to)).toBe(true);
  expect(await page.locator(`${APACHE} .trial.shown .log-count`).innerText()).toMatch(new RegExp(`^${times.length} of ${all} lines from`));
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await expect.poll(async () => (await view()).reduce((a, b) => b - a)).toBeCloseTo((to - from) * 0.8, -1);
  await page.close();
});

it("has one cursor for lanes and log, moved by the mouse, by a line and by the keyboard", async () => {
  const page = await browser.open(`${sample}${APACHE}--1`);
  const { figure } = shownFigure(page);
  const cursor = figure.locator(".cursor");
  const readout = figure.locator(".readout");
  const box = await figure.locator("svg.timeline").boundingBox();
  if (!box) throw new Error("no time axis");
  const [x, unit] = [box.x + (box.width * (216 + 912 * 0.3)) / 1136, box.width / 1136];
  const rows = ((await figure.locator("svg.timeline").getAttribute("data-rows")) ?? "").split(" ").map(Number);
  await page.mouse.move(x, box.y + ((rows[4] ?? 0) + 6) * unit);
  expect(await cursor.getAttribute("visibility")).toBe("visible");
  expect(await readout.innerText()).toMatch(/^\+\d\.\d{3} s\s+New connections: \d+ requests refused/);
  expect(await page.locator(`${APACHE} .trial.shown .log tr.at`).count()).toBe(1);
  const line = page.locator(`${APACHE} .trial.shown .log tr.pinned`, { hasText: "not running" }).first();
  // Out of the way: the page scrolls to the line, and what comes under the mouse would move the cursor again.
  await page.mouse.move(0, 0);
  await line.locator("a").focus();
  expect(await readout.innerText()).toMatch(/^\+3\.431 s/);
  await figure.focus();
  await page.keyboard.press("Shift+ArrowRight");
  expect(await readout.innerText()).toMatch(/^\+3\.7\d\d s/);
  await page.close();
});

it("leads from a phase's mark and a constraint's evidence to the pinned line, whatever was filtered away", async () => {
  const page = await browser.open(`${sample}${APACHE}--1`);
  const trial = page.locator(`${APACHE} .trial.shown`);
  await trial.locator("input[data-text]").fill("no line has this");
  expect(await trial.locator(".log tbody tr:visible").count()).toBe(0);
  await trial.locator(".waterfall tr", { hasText: "detection" }).locator("a").last().click();
  const target = trial.locator(".log tr:target");
  await expect.poll(() => target.isVisible()).toBe(true);
  expect(await target.innerText()).toMatch(/Result of monitor operation for httpd on vm-node1: not running.*ends detection/s);
  await expect.poll(() => page.evaluate("document.activeElement === document.querySelector(':target')")).toBe(true);
  const y = (await target.boundingBox())?.y ?? -1;
  expect(y).toBeGreaterThanOrEqual(0);
  expect(y).toBeLessThan(900);
  await trial.locator(".verdicts a", { hasText: "C3" }).click();
  await page.locator(":target .evidence a").first().click();
  await expect.poll(() => trial.locator(".log tr:target").innerText()).toMatch(/apache2 killed.*C3/s);
  await page.close();
});

it("shows only evidence, one node, one source or a text when asked", async () => {
  const page = await browser.open(`${sample}${APACHE}--1`);
  const trial = page.locator(`${APACHE} .trial.shown`);
  const visible = trial.locator(".log tbody tr:visible");
  await trial.locator("button[data-evidence]").click();
  expect(await visible.count()).toBe(await trial.locator(".log tr.pinned").count());
  expect(await visible.count()).toBeGreaterThan(10);
  await trial.locator("button[data-evidence]").click();
  await trial.locator("select[data-source]").selectOption("operation");
  expect(new Set(await visible.locator("td:nth-child(3)").allInnerTexts())).toEqual(new Set(["operation"]));
  await trial.locator("select[data-node]").selectOption("vm-node2");
  await trial.locator("input[data-text]").fill("START httpd");
  expect(await visible.count()).toBe(1);
  await page.close();
});

it("keeps the window in the address, and restores it", async () => {
  const page = await browser.open(`${sample}${APACHE}--1&from=-200&to=6400`);
  const { figure, view } = shownFigure(page);
  expect(await view()).toEqual([-200, 6400]);
  await figure.focus();
  await page.keyboard.press("+");
  const zoomed = await view();
  await expect.poll(() => page.url().split("#")[1]).toBe(`${APACHE.slice(1)}--1&from=${zoomed[0]}&to=${zoomed[1]}`);
  const link = page.url();
  await page.close();
  const again = await browser.open(link);
  expect(await shownFigure(again).view()).toEqual(zoomed);
  await again.close();
});

it("shows one trial at a time; the arrow keys step through them", async () => {
  const page = await browser.open(sample + APACHE);
  const shown = page.locator(`${APACHE} .trial:visible`);
  expect(await shown.count()).toBe(1);
  await page.locator(".picker a").first().focus();
  await page.locator(".picker a").first().click();
  await expect.poll(() => shown.getAttribute("id")).toBe(`${APACHE.slice(1)}--1`);
  await page.locator(".picker a[aria-current]").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => shown.getAttribute("id")).toBe(`${APACHE.slice(1)}--2`);
  expect(await page.locator(".picker a[aria-current]").innerText()).toMatch(/^Trial 2/);
  await page.close();
});

it.each([false, true])("has readable contrast everywhere (dark: %s)", async (dark) => {
  const page = await browser.open(sample + APACHE, { dark });
  expect(await poorContrast(page)).toEqual([]);
  await page.close();
});

it("keeps hostile lines, names and operations inert", async () => {
  const page = await browser.open(hostile);
  await page.locator("a[href*='apache-kill']").first().click();
  const trial = page.locator(".trial.shown");
  await trial.waitFor();
  await page.evaluate("document.querySelectorAll('.trial.shown details').forEach((e) => (e.open = true))");
  expect(await page.locator("img, [onerror], [onmouseover]").count()).toBe(0);
  expect(await trial.locator(".log td").allInnerTexts()).toContainEqual(expect.stringContaining(`<img src=x onerror="alert(1)">`));
  expect(HOSTILE).toContain("<img");
  await page.mouse.move(600, 400);
  await page.close();
});

it("is all there without scripts, the time axis also as a table", async () => {
  const page = await browser.open(sample, { scripts: false });
  const apache = page.locator(APACHE);
  expect(await apache.locator("svg.timeline:visible").count()).toBe(2);
  await apache.locator(".as-table summary").first().click();
  expect(await apache.locator(".as-table").first().innerText()).toMatch(/New connections[^]*requests refused/);
  expect(await apache.locator(".log tbody tr:visible").count()).toBeGreaterThan(30);
  expect(await apache.locator(".needs-script:visible").count()).toBe(0);
  await page.close();
});
