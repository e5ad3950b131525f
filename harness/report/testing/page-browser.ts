import { chromium, type Browser, type Page } from "playwright-core";

/** How a page is opened: `scripts: false` is a browser that runs none. */
export interface OpenOptions {
  dark?: boolean;
  width?: number;
  scripts?: boolean;
}

/** A real headless browser that notes everything a report must not do. */
export interface PageBrowser {
  open(url: string, options?: OpenOptions): Promise<Page>;
  /** Console messages, exceptions, dialogs and requests other than the file's own since it was asked last. */
  misdeeds(): string[];
  close(): Promise<void>;
}

export async function pageBrowser(): Promise<PageBrowser> {
  const browser = await launch();
  const misdeeds: string[] = [];
  return {
    async open(url, { dark = false, width = 1280, scripts = true } = {}) {
      const page = await browser.newPage({
        viewport: { width, height: 900 },
        colorScheme: dark ? "dark" : "light",
        javaScriptEnabled: scripts,
      });
      page.setDefaultTimeout(10_000);
      page.on("console", (message) => misdeeds.push(`console: ${message.text()}`));
      page.on("pageerror", (error) => misdeeds.push(`error: ${error.message}`));
      page.on("dialog", (dialog) => {
        misdeeds.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on("request", (request) => {
        const own = request.url().split("#")[0] === url.split("#")[0];
        if (!own && !request.url().startsWith("data:")) misdeeds.push(`request: ${request.url()}`);
      });
      await page.goto(url);
      return page;
    },
    misdeeds: () => misdeeds.splice(0),
    close: () => browser.close(),
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({
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
}

/** WCAG 2.2, 1.4.3: texts with less than 4.5 to 1 contrast, measured against the nearest opaque background, as [ratio, text]. */
export function poorContrast(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
    return [...document.querySelectorAll("h1, h2, h3, p, a, dt, dd, .badge, .sub, td, th, .legend span, .warning, code, button")].filter((e) => e.offsetParent && e.textContent.trim()).map((e) => {
      const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.className + " " + e.textContent.slice(0, 30)];
    }).filter(([ratio]) => ratio < 4.5);
  })()`);
}
