import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { parse } from "yaml";
import { pageBrowser, poorContrast, type OpenOptions, type PageBrowser } from "../report/testing/page-browser.js";
import { fakeConsole, type FakeConsole } from "./testing/fake-console.js";

let browser: PageBrowser;
let fake: FakeConsole;
const pages: Page[] = [];

beforeAll(async () => {
  browser = await pageBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  fake = await fakeConsole();
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.close()));
  await fake.end();
  expect(misdeeds()).toEqual([]);
});

/** All but what the page may ask its own server for, and what the browser says of a server that was ended on purpose. */
function misdeeds(): string[] {
  const own = new URL(fake.console.url).origin;
  const mayBe = (told: string) =>
    ["/", "/events", "/do"].some((path) => told.startsWith(`request: ${own}${path}`)) || /ERR_(CONNECTION|INCOMPLETE|EMPTY)/.test(told);
  return browser.misdeeds().filter((told) => !mayBe(told));
}

async function open(options: OpenOptions = {}): Promise<Page> {
  const page = await browser.open(fake.console.url, options);
  pages.push(page);
  await page.locator(".status.s-pass", { hasText: "answers" }).waitFor();
  return page;
}

const part = (page: Page, name: string | RegExp) => page.locator(".parts").getByRole("button", { name, exact: typeof name === "string" });
const text = (page: Page, id: string) => page.locator(id).innerText();
const entries = (page: Page) => text(page, "#entries");
const faults = async () => (await fake.lab.journal.list()).map(({ kind }) => kind);
const picture = (page: Page) => page.locator("#topology svg").getAttribute("aria-label");

async function unlock(page: Page): Promise<void> {
  await page.locator("#lock").click();
  await page.locator("#lock[aria-pressed=false]").waitFor();
}

/** A node's box, beside what lies on it. */
async function clickNode(page: Page, name: string): Promise<void> {
  await part(page, new RegExp(`^${name}`)).click({ position: { x: 20, y: 20 } });
}

it("pulls the cable of eth0 by a click: the bond moves, the service stays; another click puts it back", async () => {
  const page = await open();
  expect(await picture(page)).toContain("vm-node1 bond0 on eth0");
  await unlock(page);
  await part(page, "Cable of eth0 of vm-node1").click();
  await expect.poll(() => picture(page)).toContain("vm-node1 bond0 on eth1");
  await page.locator("#faults", { hasText: "proven, in force for" }).waitFor();
  expect(await text(page, "#status")).toContain("no request failed while watched");
  expect(await faults()).toEqual(["link-down"]);
  await page.locator("#timeline svg.timeline", { hasText: "eth0 pulled" }).waitFor();

  await part(page, "Cable of eth0 of vm-node2, broken: eth0 pulled").click();
  await expect.poll(() => picture(page)).toContain("vm-node1 bond0 on eth0");
  await page.locator("#faults", { hasText: "Nothing is broken." }).waitFor();
  await expect
    .poll(() => entries(page))
    .toMatch(/this page breaks link-down of vm-node1 \(nic=eth0\)[^]*carrier is 0[^]*this page heals link-down[^]*carrier is 1/);
});

it("switches the active node off from its menu: the gap is counted, the address moves; healing needs no unlocking", async () => {
  const page = await open();
  await unlock(page);
  await clickNode(page, "vm-node1");
  await page.getByRole("button", { name: /^Power lost: vm-node1/ }).click();
  await page.locator("#status", { hasText: /Last gap\s+0\.\d\d–0\.\d\d s/ }).waitFor();
  await expect.poll(() => picture(page)).toMatch(/192\.168\.1\.60 on vm-node2; DC vm-node2; vm-node1 has no power/);
  await page.locator("#entries", { hasText: "192.168.1.60 is on vm-node2" }).waitFor();
  await page.locator("#lock").click();
  await page.locator("#lock[aria-pressed=true]").waitFor();
  await page.getByRole("button", { name: /^Heal node-power-off/ }).click();
  await expect.poll(() => picture(page)).toContain("192.168.1.60 on vm-node1");
  await expect.poll(faults).toEqual([]);
});

it("breaks nothing by a stray click while it is locked, which it is at first and after a reload", async () => {
  const page = await open();
  const strayClicks = async () => {
    for (const stray of [part(page, "Cable of eth0 of vm-node1"), part(page, "apache2 of vm-node1"), part(page, "gateway")])
      await stray.click();
    await page.locator("#toast", { hasText: "Locked: nothing was done." }).waitFor();
    expect(await page.locator("#menu:popover-open").count()).toBe(0);
  };
  await strayClicks();
  await unlock(page);
  await page.reload();
  await page.locator("#lock", { hasText: "Locked: unlock to break" }).waitFor();
  await strayClicks();
  expect(await faults()).toEqual([]);
  expect(await page.locator("form[data-fault] button:enabled").count()).toBe(0);
});

it("shows everything at once after a reload, and the same on every page, with who did it", async () => {
  const [one, two] = [await open(), await open({ dark: true })];
  await unlock(one);
  await part(one, "Cable of eth2 of vm-node1").click();
  await two.locator("#faults", { hasText: "eth2 pulled" }).waitFor();
  await two.locator("#entries", { hasText: "page 1 breaks link-down of vm-node1 (nic=eth2)" }).waitFor();
  expect(await two.locator("#lock").getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => picture(two)).toContain("vm-node1 eth2 cut");
  await two.reload();
  await two.locator("#faults", { hasText: "eth2 pulled" }).waitFor();
  await two.locator("#entries", { hasText: "carrier is 0" }).waitFor();
  await two.getByRole("button", { name: /^Heal link-down/ }).click();
  await one.locator("#entries", { hasText: "page 3 heals link-down" }).waitFor();
  await one.locator("#faults", { hasText: "Nothing is broken." }).waitFor();
});

it("says that the console has ended, and comes back by itself with what is in force when it is started again", async () => {
  const page = await open();
  await unlock(page);
  await part(page, "Cable of eth3 of vm-node2").click();
  await page.locator("#faults", { hasText: "proven" }).waitFor();
  await fake.close();
  await page.locator("#notice", { hasText: "what you see is not the present" }).waitFor();
  await page.locator("#lock", { hasText: "No connection" }).waitFor();
  await fake.restart();
  await page.locator("#entries", { hasText: "found in force: link-down of vm-node2 (nic=eth3)" }).waitFor({ timeout: 20_000 });
  await page.locator("#notice").waitFor({ state: "hidden" });
  expect(await page.locator("#lock").getAttribute("aria-pressed")).toBe("true");
  await page.getByRole("button", { name: /^Heal link-down/ }).click();
  await expect.poll(faults).toEqual([]);
});

it("can be used from the keyboard: parts, menu and buttons keep the focus while the page moves on", async () => {
  const page = await open();
  await unlock(page);
  const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
  await part(page, "gateway").focus();
  await page.keyboard.press("Enter");
  expect(await focused()).toMatch(/^Gateway silent: vm-node1/);
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toMatch(/^Gateway silent: vm-node2/);
  await page.keyboard.press("Escape");
  expect(await page.locator("#menu:popover-open").count()).toBe(0);
  await part(page, "Cable of eth1 of vm-node1").focus();
  await page.keyboard.press("Space");
  await page.locator("#faults", { hasText: "proven" }).waitFor();
  await expect.poll(focused).toBe("Cable of eth1 of vm-node1, broken: eth1 pulled");
  const heal = page.getByRole("button", { name: /^Heal link-down/ });
  await heal.focus();
  await fake.console.live.inject({ kind: "link-down", target: "vm-node1", params: { nic: "eth3" } });
  await page.locator("#faults", { hasText: "eth3 pulled" }).waitFor();
  expect(await focused()).toBe("Heal link-down of vm-node1 (nic=eth1)");
});

it("saves what was done as a suite, and says why it does not save where something is", async () => {
  const page = await open();
  const save = async () => {
    await page.getByRole("button", { name: "Save as suite" }).click();
    await page.getByRole("form", { name: "Save as suite" }).getByRole("button", { name: "Save" }).click();
  };
  await save();
  await page.locator("#toast.bad", { hasText: "nothing was broken" }).waitFor();
  await unlock(page);
  await part(page, "Cable of eth0 of vm-node1").click();
  await page.locator("#faults", { hasText: "proven" }).waitFor();
  await save();
  await page.locator("#toast", { hasText: "hachaos run by-hand does it again" }).waitFor();
  await page.locator("#entries", { hasText: "this page saves what was done as a suite" }).waitFor();
  const saved = readFileSync(join(fake.reportDir, "by-hand/cluster.yaml"), "utf8");
  expect(parse(saved)).toEqual({
    extends: "../suite",
    tests: [{ name: "link-down-vm-node1", fault: "link-down", target: "vm-node1", params: { nic: "eth0" }, expect: "same" }],
  });
  await save();
  await page.locator("#toast.bad", { hasText: "by-hand is there already and not empty" }).waitFor();
  // What is refused, the browser notes as well.
  expect(misdeeds()).toEqual(Array(2).fill(expect.stringContaining("status of 400")));
});

it("offers every fault of the registry as a form with its parameters", async () => {
  const page = await open();
  await unlock(page);
  await page.locator("details.all summary").click();
  const form = page.getByRole("form", { name: "Web server killed" });
  await form.getByLabel("signal").selectOption("TERM");
  await form.getByLabel("target").selectOption("vm-node1");
  await form.getByRole("button", { name: "Break" }).click();
  await page.locator("#entries", { hasText: "apache-kill of vm-node1 (scope=all, signal=TERM)" }).waitFor();
  await expect.poll(() => fake.lab.journal.list()).toMatchObject([{ kind: "apache-kill", params: { signal: "TERM" } }]);
});

it.each([false, true])("is readable and usable as far as axe-core and contrast say, while something is broken (dark: %s)", async (dark) => {
  const page = await open({ dark });
  await fake.console.live.inject({ kind: "node-power-off", target: "active", params: {} });
  await page.locator("#faults", { hasText: "proven" }).waitFor();
  await page.locator("details.all summary").click();
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const violations: unknown = await page.evaluate(`axe.run(document).then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ impact, id, nodes }) => [impact, id, nodes.slice(0, 3).map((node) => node.target.join(" "))]))`);
  expect(violations).toEqual([]);
  expect(await poorContrast(page)).toEqual([]);
});

it.each([1600, 420])("never scrolls sideways as a whole at %i pixels, and shows now first", async (width) => {
  const page = await open({ width });
  await page.locator("#timeline svg.timeline").waitFor();
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  expect(await page.evaluate("((e) => e.scrollWidth - e.clientWidth - e.scrollLeft)(document.querySelector('#timeline'))")).toBeLessThan(2);
});
