import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { hostileRun } from "./testing/hostile-run.js";
import { sampleRun } from "./testing/sample-run.js";
import { writeReports } from "./write-reports.js";

const APACHE = "#test-suites-failover-apache-kill";

let browser: Browser;
let folder = "";
let sample = "";
let hostile = "";
/** Anything the page did that it must not: console errors, exceptions, dialogs, requests other than the file. */
let misdeeds: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hachaos-page-"));
  const write = async (name: string, run: ReturnType<typeof sampleRun>): Promise<string> => {
    const written = await writeReports(join(folder, name), run.results, run.events);
    return pathToFileURL(written.paths["html"] ?? "").href;
  };
  sample = await write("sample", sampleRun());
  hostile = await write("hostile", hostileRun());
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});
afterEach(() => expect(misdeeds.splice(0)).toEqual([]));

async function open(url: string, options: { dark?: boolean; width?: number; scripts?: boolean } = {}): Promise<Page> {
  misdeeds = [];
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? "dark" : "light",
    javaScriptEnabled: options.scripts ?? true,
  });
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => misdeeds.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => misdeeds.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    misdeeds.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url.split("#")[0] && !request.url().startsWith("data:")) misdeeds.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return page;
}

it("opens from disk without errors or requests and shows the verdict", async () => {
  const page = await open(sample);
  expect(await page.locator("h1").innerText()).toBe("1 of 9 tests failed");
  expect(await page.locator("details.test[open]").count()).toBe(2);
  await page.close();
});

it.each([1280, 480])("never scrolls sideways as a whole and overlaps no lane labels at %i pixels", async (width) => {
  const page = await open(sample + APACHE, { width });
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  const overlaps: unknown =
    await page.evaluate(`[...document.querySelectorAll("details[open] .timeline .labels text, details[open] .timeline .tick")].map((e) => [e.textContent, e.getBoundingClientRect()])
    .filter(([, a], i, all) => a.width > 0 && all.some(([, b], j) => j > i && a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)).map(([text]) => text)`);
  expect(overlaps).toEqual([]);
  await page.close();
});

it.each([false, true])("has readable contrast everywhere (dark: %s)", async (dark) => {
  const page = await open(sample, { dark });
  // WCAG 2.2, 1.4.3: 4.5 to 1 for text; measured against the nearest opaque background.
  const poor: unknown = await page.evaluate(`(() => {
    const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
    return [...document.querySelectorAll("h1, h2, h3, p, a, dt, dd, .badge, .sub, td, th, .legend span, .warning, code, button")].filter((e) => e.offsetParent && e.textContent.trim()).map((e) => {
      const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.className + " " + e.textContent.slice(0, 30)];
    }).filter(([ratio]) => ratio < 4.5);
  })()`);
  expect(poor).toEqual([]);
  const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
  expect(background).toBe(dark ? "rgb(15, 18, 23)" : "rgb(246, 247, 249)");
  await page.locator("#theme").click();
  expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).not.toBe(background);
  await page.close();
});

it("zooms and moves the time axis with the keyboard and the buttons", async () => {
  const page = await open(sample + APACHE);
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

it("opens the test of a deep link and scrolls to it, also from the table", async () => {
  const page = await open(sample + APACHE);
  const top = async (selector: string): Promise<number> => (await page.locator(selector).boundingBox())?.y ?? NaN;
  expect(await page.locator(APACHE).getAttribute("open")).toBe("");
  expect(await top(APACHE)).toBeLessThan(60);
  await page.locator("table.tests a", { hasText: "node-power-off" }).click();
  await page.waitForFunction("document.querySelector('#test-suites-failover-node-power-off').open");
  expect(await top("#test-suites-failover-node-power-off")).toBeLessThan(60);
  await page.close();
});

it("filters the table by text and verdict", async () => {
  const page = await open(sample);
  const rows = page.locator("table.tests tr[data-verdict]:visible");
  await page.locator("#filter").fill("apache vm-node2");
  expect(await rows.count()).toBe(1);
  await page.locator("#filter").fill("");
  await page.locator(".chip[data-verdict=invalid]").click();
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining("link-down eth2 active")]);
  await page.locator("#filter").fill("no such test");
  expect(await page.locator(".nothing").isVisible()).toBe(true);
  await page.close();
});

it("keeps hostile text inert", async () => {
  const page = await open(hostile);
  expect(await page.locator("img, script, [onerror], [onmouseover]").count()).toBe(1);
  expect(await page.locator(".failure").first().innerText()).toContain(`<img src=x onerror="alert(1)">`);
  await page.evaluate("document.querySelectorAll('details').forEach((e) => (e.open = true))");
  await page.mouse.move(300, 300);
  await page.close();
});

it("can be read without scripts", async () => {
  const page = await open(sample, { scripts: false });
  expect(await page.locator("#filter").isVisible()).toBe(false);
  const timeline = page.locator("details.test[open] svg.timeline").first();
  expect(await timeline.isVisible()).toBe(true);
  expect(await timeline.locator("rect.dark").count()).toBe(1);
  await page.close();
});
