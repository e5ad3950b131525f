import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allOf, readHistory } from "../history/read-history.js";
import { findRun } from "../history/run-store.js";
import { pageBrowser, type PageBrowser } from "../report/testing/page-browser.js";
import { openLabConsole } from "./testing/lab-console.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

let sandbox: Sandbox;
let browser: PageBrowser;

beforeAll(async () => {
  sandbox = await openSandbox();
  browser = await pageBrowser();
  expectExit(await sandbox.cli("up", sandbox.suite("console"), "--name", sandbox.id), 0);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

/** All that was broken is put back, and the gate has let the trial end. */
async function normalAgain(page: Page, times: number): Promise<void> {
  await page.locator("#faults", { hasText: "Nothing is broken." }).waitFor();
  await sandbox.waitFor("the trial has ended", async () => sandbox.events("trial-ended").length === times);
}

test("a cable is pulled by a click, the active node switched off by another: what the page shows is what the report judges", async () => {
  const { page, picture, part, gaps, unlock, steady, save, end } = await openLabConsole(sandbox, browser);
  await steady();
  await expect.poll(picture, { timeout: 30_000 }).toMatch(/192\.168\.1\.60 on vm-node1;.*vm-node1 bond0 on eth0/);

  await unlock();
  await part("Cable of eth0 of vm-node1").click();
  await expect.poll(picture, { timeout: 30_000 }).toContain("vm-node1 bond0 on eth1");
  await page.locator("#faults", { hasText: "proven, in force for" }).waitFor();
  expect(await page.locator("#status").innerText()).toMatch(/Service\s+answers\s+vm-node1/);
  await part(/^Cable of eth0 of vm-node1, broken: eth0 pulled/).click();
  await normalAgain(page, 1);

  // A busy machine may have missed a request before.
  const before = await gaps.count();
  await part(/^vm-node1/).click({ position: { x: 20, y: 20 } });
  await page.getByRole("button", { name: /^Power lost: vm-node1/ }).click();
  await page.locator(".status.s-fail", { hasText: "dark" }).waitFor();
  await page.locator("#entries", { hasText: "192.168.1.60 is on vm-node2" }).waitFor();
  await page.locator("#entries", { hasText: "the service answers again: vm-node2" }).waitFor();
  await expect.poll(picture).toMatch(/192\.168\.1\.60 on vm-node2;.*vm-node1 has no power/);
  const shown = /gap ([\d.–]+) s/.exec(await gaps.nth(before).innerText())?.[1];
  await page.getByRole("button", { name: /^Heal node-power-off/ }).click();
  await normalAgain(page, 2);
  await expect.poll(picture).toContain("192.168.1.60 on vm-node1");
  const soFar = await fetch(new URL((await page.locator("#report").getAttribute("href")) ?? "", page.url()));
  expect(await soFar.text()).toMatch(/link-down-vm-node1[^]*node-power-off-vm-node1/);

  await save();
  const plan = await sandbox.cli("run", "by-hand", "--dry-run");
  expectExit(plan, 0);
  expect(plan.stdout).toMatch(/link-down-vm-node1[^]*node-power-off-vm-node1/);

  expect(await end()).toContain("index.html");
  const { tests } = sandbox.results();
  expect(tests.map(({ name, trials }) => [name, trials.map(({ proven }) => proven)])).toEqual([
    ["link-down-vm-node1", [true]],
    ["node-power-off-vm-node1", [true]],
  ]);
  const [cable, power] = tests.map(({ trials }) => trials[0]!);
  expect(cable?.gap).toMatchObject({ minMs: 0, maxMs: 0 });
  expect([power?.servedBefore, power?.servedAfter]).toEqual(["vm-node1", "vm-node2"]);
  // The counter on the page is the report's own arithmetic.
  const [low, high] = [power?.gap?.minMs ?? 0, power?.gap?.maxMs ?? 0].map((ms) => (ms / 1000).toFixed(2));
  expect(shown).toBe(`${low ?? ""}–${high ?? ""}`);
});

test("a console that is started again, or beside another command, finds the lab and what is in force", async () => {
  const reports = join(sandbox.folder, "second");
  expectExit(await sandbox.cli("inject", "link-down", "vm-node2", "nic=eth2"), 0);
  const { page, end } = await openLabConsole(sandbox, browser, "--report-dir", reports);
  await page.locator("#entries", { hasText: "found in force: link-down of vm-node2 (nic=eth2)" }).waitFor();
  await page.getByRole("button", { name: /^Heal link-down/ }).click();
  await page.locator("#faults", { hasText: "Nothing is broken." }).waitFor();
  expectExit(await sandbox.cli("inject", "link-down", "vm-node2", "nic=eth3"), 0);
  await page.locator("#entries", { hasText: "another command injected link-down of vm-node2 (nic=eth3)" }).waitFor();
  expectExit(await sandbox.cli("heal"), 0);
  await page.locator("#entries", { hasText: "another command took back link-down of vm-node2 (nic=eth3)" }).waitFor();
  await end();
  const { events } = readHistory(findRun(reports).history);
  expect(allOf(events, "trial-started").map(({ test: name }) => name)).toEqual(["link-down-vm-node2"]);
});

test("nothing is left", async () => {
  expectExit(await sandbox.cli("down"), 0);
  await sandbox.expectNothingLeft();
});
