// node scripts/pictures.mjs [run folder] [test's page]: the pictures of README and docs/report.md, taken from the report of a stored run
// (reports/latest by default; the page of the test with the longest gap, unless its hash is given).
// node scripts/pictures.mjs http://127.0.0.1:...: the picture of docs/console.md, taken of that console as it stands.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { ROOT } from "./setup/run-tool.mjs";

const [subject = join(ROOT, "reports/latest"), wanted] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1140 }, deviceScaleFactor: 1.5 });
  await (subject.startsWith("http://") ? takeConsole(page, subject) : takeReport(page, subject));
} finally {
  await browser.close();
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} address
 */
async function takeConsole(page, address) {
  await page.goto(address);
  for (const place of ["#status", "#topology", "#entries", "#timeline"]) await page.locator(`${place} > *`).first().waitFor();
  await take("console", page);
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} folder
 */
async function takeReport(page, folder) {
  const report = pathToFileURL(join(resolve(folder), "index.html")).href;
  await page.goto(report);
  await take("report", page);
  const longest = await page.locator(".facts a[href^='#test-']").first().getAttribute("href");
  const hash = wanted ?? longest;
  if (hash === null) throw new Error("no test of this run had a gap: name a test's page, for example #test-suites-failover-apache-kill");
  await page.goto(`${report}${hash.startsWith("#") ? hash : `#${hash}`}`);
  await page.evaluate("scrollTo(0, 0)");
  await take("report-test", page);
}

/**
 * @param {string} name
 * @param {import("playwright-core").Page} page
 */
async function take(name, page) {
  const path = join(ROOT, "docs/pictures", `${name}.png`);
  await page.screenshot({ path });
  process.stdout.write(`${path}\n`);
}
