// Reports of 10,000 trials: how long they take to make, how large they are, and how long the page takes to open in headless Chromium.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../setup/run-tool.mjs";
import { syntheticRun } from "./synthetic-run.mjs";

/** The aims: made in 5 s, opens in 1 s, at most 5 MB. */
const AIM = { madeMs: 5_000, openMs: 1_000, bytes: 5_000_000 };
/** 10,000 trials as a wide night, as a deep one, and as one test alone. More than can be drawn have their events. */
const SIZES = [
  { tests: 1000, repetitions: 10, histories: 300 },
  { tests: 100, repetitions: 100, histories: 300 },
  { tests: 1, repetitions: 10_000, histories: 300 },
];

/**
 * @typedef {{ name: string, madeMs: number, sizes: Record<string, number>, paintMs: number | null, readyMs: number | null, filterMs: number | null, testMs: number | null }} ReportBench
 */

/** @returns {Promise<ReportBench[]>} */
export async function measureReports() {
  const { parseHistory } = /** @type {typeof import("../../harness/history/read-history.js")} */ (await built("history/read-history.js"));
  const { judge } = /** @type {typeof import("../../harness/check/judge.js")} */ (await built("check/judge.js"));
  const { writeReports } = /** @type {typeof import("../../harness/report/write-reports.js")} */ (await built("report/write-reports.js"));
  const file = join(ROOT, "harness/check/golden/real-failover.ndjson");
  const history = parseHistory(readFileSync(file, "utf8"), file);
  const results = judge(history);
  const folder = mkdtempSync(join(tmpdir(), "hachaos-bench-"));
  const found = [];
  try {
    for (const size of SIZES) {
      const run = syntheticRun(results, history.events, size);
      const startedAt = performance.now();
      const written = await writeReports(folder, run.results, run.events);
      const madeMs = performance.now() - startedAt;
      /** @type {[string, string][]} */
      const paths = Object.entries(written.paths);
      const sizes = Object.fromEntries(paths.map(([format, path]) => [format, statSync(path).size]));
      const opened = await openTimes(pathToFileURL(join(folder, "index.html")).href);
      found.push({ name: `${size.tests} x ${size.repetitions}`, madeMs, sizes, ...opened });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return found;
}

/** @param {string} file @returns {Promise<unknown>} */
function built(file) {
  return import(pathToFileURL(join(ROOT, "dist/harness", file)).href);
}

/**
 * From the start of the navigation: first contentful paint and the end of the page's script; then from typing into the filter, and from
 * opening a test's page, to the next frame. Null without a browser.
 * @param {string} url
 */
async function openTimes(url) {
  const { chromium } = await import("playwright-core");
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) return { paintMs: null, readyMs: null, filterMs: null, testMs: null };
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(60_000);
    await page.goto(url);
    const frame = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))";
    /** @type {{ paintMs: number, readyMs: number }} */
    const opened = await page.evaluate(`new Promise((done) => new PerformanceObserver((list) => {
      const paint = list.getEntriesByName("first-contentful-paint")[0];
      if (paint) done({ paintMs: paint.startTime, readyMs: performance.getEntriesByType("navigation")[0].domInteractive });
    }).observe({ type: "paint", buffered: true }))`);
    /** @type {number} */
    const filterMs = await page.evaluate(`(async () => {
      const from = performance.now(), filter = document.getElementById("filter");
      filter.value = "kill 1";
      filter.dispatchEvent(new Event("input"));
      await (${frame})();
      return performance.now() - from;
    })()`);
    /** @type {number} */
    const testMs = await page.evaluate(`(async () => {
      const from = performance.now();
      location.hash = document.querySelector("table.tests a").hash;
      await new Promise((done) => document.addEventListener("hachaos:page", done, { once: true }));
      await (${frame})();
      return performance.now() - from;
    })()`);
    return { ...opened, filterMs, testMs };
  } finally {
    await browser.close();
  }
}

/**
 * @param {ReportBench[]} found
 * @returns {string[]}
 */
export function reportLines(found) {
  return found.flatMap(({ name, madeMs, sizes, paintMs, readyMs, filterMs, testMs }) => {
    const html = sizes["html"] ?? 0;
    const others = Object.entries(sizes).filter(([format]) => format !== "html");
    return [
      `reports of ${name} trials: made in ${ms(madeMs)}${over(madeMs, AIM.madeMs)}; index.html ${mb(html)}${over(html, AIM.bytes)}, ${others.map(([format, bytes]) => `${format} ${mb(bytes)}`).join(", ")}`,
      paintMs === null || readyMs === null || filterMs === null || testMs === null
        ? `  not opened: no Chromium (CHROMIUM names one)`
        : `  opens: interactive ${ms(readyMs)}${over(readyMs, AIM.openMs)}, first paint ${ms(paintMs)}${over(paintMs, AIM.openMs)}; filter answers in ${ms(filterMs)}, a test's page in ${ms(testMs)}`,
    ];
  });
}

/** @param {number} value @param {number} aim */
function over(value, aim) {
  return value > aim ? " (over the aim)" : "";
}

/** @param {number} value */
function ms(value) {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(2)} s`;
}

/** @param {number} bytes */
function mb(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
