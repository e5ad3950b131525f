// node scripts/pictures.mjs [run folder] [test's page]: the pictures of README and docs/report.md, taken from the report of a stored run
// (reports/latest by default; the page of the test with the longest gap, unless its hash is given).
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { ROOT } from "./setup/run-tool.mjs";

const [folder = join(ROOT, "reports/latest"), wanted] = process.argv.slice(2);
const report = pathToFileURL(join(resolve(folder), "index.html")).href;
const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1140 }, deviceScaleFactor: 1.5 });
  await page.goto(report);
  await take("report", page);
  const longest = await page.locator(".facts a[href^='#test-']").first().getAttribute("href");
  const hash = wanted ?? longest;
  if (hash === null) throw new Error("no test of this run had a gap: name a test's page, for example #test-suites-failover-apache-kill");
  await page.goto(`${report}${hash.startsWith("#") ? hash : `#${hash}`}`);
  await page.evaluate("scrollTo(0, 0)");
  await take("report-test", page);
} finally {
  await browser.close();
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
