import type { Locator, Page } from "playwright-core";
import type { PageBrowser } from "../../report/testing/page-browser.js";
import type { CliProcess } from "./cli-process.js";
import { expectExit, type Sandbox } from "./sandbox.js";

/** `hachaos console` of a sandbox's lab, with a page that is open in a browser. */
export interface LabConsole {
  page: Page;
  run: CliProcess;
  /** What the picture shows, in words. */
  picture(): Promise<string>;
  part(name: string | RegExp): Locator;
  /** The transcript's lines that tell of a gap which is over. */
  gaps: Locator;
  unlock(): Promise<void>;
  /** Waits until the probes have found their schedule: nothing was missed for 5 s. */
  steady(): Promise<void>;
  /** By the button, in the folder that it offers. */
  save(): Promise<void>;
  /** Closes the page and presses Ctrl-C; returns what was printed. */
  end(): Promise<string>;
}

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/;

export async function openLabConsole(sandbox: Sandbox, browser: PageBrowser, ...options: string[]): Promise<LabConsole> {
  const run = sandbox.start(["console", ...options]);
  await sandbox.until(run, "the console prints its address", () => ADDRESS.test(run.said()));
  const page = await browser.open(ADDRESS.exec(run.said())?.[0] ?? "");
  page.setDefaultTimeout(180_000);
  await page.locator(".status.s-pass", { hasText: "answers" }).waitFor();
  return {
    page,
    run,
    picture: async () => (await page.locator("#topology svg").getAttribute("aria-label")) ?? "",
    part: (name) => page.locator(".parts").getByRole("button", { name }),
    gaps: page.locator("#entries li", { hasText: /gap [\d.–]+ s, \d+ requests failed/ }),
    async unlock() {
      await page.locator("#lock").click();
      await page.locator("#lock[aria-pressed=false]").waitFor();
    },
    async steady() {
      const answered = () => {
        const latest = sandbox.events("http").slice(-500);
        return Promise.resolve(latest.length === 500 && latest.every(({ outcome }) => outcome === "ok"));
      };
      await sandbox.waitFor("the service answers steadily", answered);
    },
    async save() {
      await page.getByRole("button", { name: "Save as suite" }).click();
      await page.getByRole("form", { name: "Save as suite" }).getByRole("button", { name: "Save" }).click();
      await page.locator("#entries", { hasText: "hachaos run by-hand does it again" }).waitFor();
    },
    async end() {
      await page.close();
      run.kill("SIGINT", "group");
      const ended = await run.ended;
      expectExit(ended, 0);
      return ended.stdout;
    },
  };
}
