import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { results as resultsSchema } from "../check/results.js";
import { allOf, readHistory } from "../history/read-history.js";
import { findRun } from "../history/run-store.js";
import { packageRoot } from "../kernel/package-root.js";
import { pageBrowser, type PageBrowser } from "../report/testing/page-browser.js";
import { openLabConsole } from "./testing/lab-console.js";
import { KEYS, type OnTerminal } from "./testing/on-terminal.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

let sandbox: Sandbox;
let browser: PageBrowser;

beforeAll(async () => {
  sandbox = await openSandbox();
  sandbox.suite("suites/failover");
  browser = await pageBrowser();
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

/** The arguments of the commands in docs/live.md that lead a newcomer from nothing to a suite of his own. */
function walkOfDocs(): string[][] {
  const [, way = ""] = readFileSync(join(packageRoot(), "docs/live.md"), "utf8").split(/^## /m);
  return [...way.matchAll(/^npx hachaos ([^#\n]*)/gm)].map(([, words = ""]) => words.trim().split(" "));
}

test("a newcomer pulls eth0 in the console, loses nothing, kills apache, reads the gap, saves it all and runs it as a suite", async () => {
  const [up = [], console = [], run = [], ...rest] = walkOfDocs();
  expect([up, console, run, ...rest]).toEqual([["up"], ["console"], ["run", "by-hand"], ["down"]]);
  expectExit(await sandbox.cli(...up, "--name", sandbox.id), 0);
  const { page, part, gaps, unlock, steady, picture, save, end } = await openLabConsole(sandbox, browser, ...console.slice(1));

  const lastGap = () => page.locator(".status", { hasText: "Last gap" }).innerText();
  await steady();
  const before = await lastGap();
  await unlock();
  await part("Cable of eth0 of vm-node1").click();
  await expect.poll(picture, { timeout: 30_000 }).toContain("vm-node1 bond0 on eth1");
  await page.locator("#faults", { hasText: "proven, in force for" }).waitFor();
  await part(/^Cable of eth0 of vm-node1, broken/).click();
  await normalAgain(1);
  expect(await lastGap()).toBe(before);

  const told = await gaps.count();
  await part(/^apache2 of vm-node1/).click();
  const shown = /gap ([\d.–]+ s)/.exec(await gaps.nth(told).innerText())?.[1] ?? "";
  await page.locator("#status", { hasText: shown }).waitFor();
  await page.getByRole("button", { name: /^Heal apache-kill/ }).click();
  await normalAgain(2);
  await save();
  expect(await end()).toContain("index.html");

  const again = await sandbox.cli(...run);
  // Whether the cluster keeps its limits is for the machine to say: a busy one makes it slow.
  expect([0, 1], again.stderr).toContain(again.exitCode);
  const { tests } = newest().results;
  expect(tests.map(({ name, trials: [trial] }) => [name, trial?.proven, trial?.servedAfter])).toEqual([
    ["link-down-vm-node1", true, "vm-node1"],
    ["apache-kill-vm-node1", true, "vm-node2"],
  ]);
  const [cable, kill] = tests.map(({ trials }) => trials[0]?.gap);
  expect(cable).toMatchObject({ minMs: 0, maxMs: 0 });
  expect(kill?.minMs).toBeGreaterThan(0);
});

const IDLE = /i inject  h heal  a heal all  q quit/;

test("watch shows the lab on a terminal, breaks and heals it by keys and counts the gap", async () => {
  const watch = sandbox.terminal("watch");
  await watch.shows(/⚑ 192\.168\.1\.60/, /bond0 \[eth0\] +eth1/, /httpd +Started +vm-node1/, /^1{10,}$/m, /no fault is in force/);

  watch.type("i");
  await choose(watch, "link-down", "vm-node1", "eth0");
  await watch.shows(/bond0 ✗eth0 +\[eth1\]/, /link-down-\w{4} +vm-node1 +nic=eth0 +for \d.* undoes itself in /);
  // While something is done, keys wait for it: the line on top says what.
  await watch.shows(IDLE);
  watch.type("h");
  await choose(watch, "link-down-");
  await watch.shows(IDLE, /no fault is in force/, /healed: vm-node1: \/sys\/class\/net\/eth0\/carrier is 1/, /bond0 \[eth0\] +eth1/);

  watch.type("i");
  await choose(watch, "apache-kill", "active", "all", "KILL");
  await watch.shows(/^DARK for \d/m, /^1+[RTXUSP]/m);
  await watch.shows(/served by vm-node2, 192\.168\.1\.60 on vm-node2/, /^longest gap [1-9]/m, /^1+[RTXUSP12]+2{5}$/m);
  await watch.shows(IDLE);
  watch.type("a");
  await watch.shows(/no fault is in force/, /httpd +Started +vm-node1/, /healed: vm-node1: crm_failcount[^]*back to normal after/);
  watch.type("q");
  await watch.until("report: ");
  expect(await watch.ended).toBe(0);
  const { tests } = newest().results;
  expect(tests.map(({ name, trials: [trial] }) => [name, trial?.proven])).toEqual([
    ["link-down-vm-node1", true],
    ["apache-kill-active", true],
  ]);
  expect(tests[1]?.trials[0]?.gap?.minMs).toBeGreaterThan(0);
});

test("play walks through the saved suite on a terminal: commands first, run, skip, again, one by name", async () => {
  const play = sandbox.terminal("play", "by-hand");
  const [cable, kill] = ["1/2 link-down-vm-node1: link-down vm-node1 nic=eth0; the same node must serve", "2/2 apache-kill-vm-node1: "];
  const verdict = /^link-down-vm-node1: \w+, gap .*, served by vm-node1 before and vm-node1 after/gm;
  const played = (times: number) => sandbox.waitFor("the verdict", () => Promise.resolve(play.said().match(verdict)?.length === times));
  await answer(play, cable, "show the exact commands first");
  await play.shows(/^fabric: ip .*batch/m, /^ {2}\| link set .* down$/m);
  expect(JSON.parse((await sandbox.cli("status", "--json")).stdout)).toMatchObject([{ faults: [] }]);
  await answer(play, cable, "run it");
  await played(1);
  await answer(play, kill, "skip it");
  await answer(play, "That was the last one.", "do link-down-vm-node1 again");
  await played(2);
  await answer(play, kill, "choose one by name");
  await answer(play, "Which one?", "link-down-vm-node1");
  await answer(play, cable, "stop here and write the report");
  await play.until("report: ");
  expect(await play.ended).toBe(0);
  expect(newest().started.map(({ test: name, trial }) => [name, trial])).toEqual([
    ["link-down-vm-node1", 1],
    ["link-down-vm-node1", 2],
  ]);
});

test("play refuses a suite whose cluster is not the lab's, and says what differs", async () => {
  const other = join(sandbox.folder, "other");
  cpSync(join(sandbox.folder, "suites/failover"), other, { recursive: true });
  const crm = join(other, "pacemaker.crm");
  writeFileSync(crm, readFileSync(crm, "utf8").replace("interval=10s", "interval=30s"));
  const play = sandbox.terminal("play", "other");
  await play.until("is not the cluster of other");
  await play.until("pacemaker.crm: the lab has ");
  await play.until("interval=30s");
  await play.until("hachaos up other --name ");
  expect(await play.ended).toBe(2);
});

test("nothing is left", async () => {
  expectExit(await sandbox.cli(...(walkOfDocs().at(-1) ?? [])), 0);
  await sandbox.expectNothingLeft();
});

/** What came of the last session or run. */
function newest() {
  const run = findRun(sandbox.reports);
  return {
    results: resultsSchema.parse(JSON.parse(readFileSync(run.results, "utf8"))),
    started: allOf(readHistory(run.history).events, "trial-started"),
  };
}

/** The gate has let the trial end. */
async function normalAgain(times: number): Promise<void> {
  await sandbox.waitFor("the trial has ended", async () => Promise.resolve(sandbox.events("trial-ended").length === times));
}

/** By the keys that the menu offers for what begins so. */
async function choose(watch: OnTerminal, ...labels: string[]): Promise<void> {
  for (const label of labels) {
    const option = new RegExp(`^  (\\w)  ${label}`, "m");
    await watch.shows(option);
    const asked = watch.screen();
    watch.type(option.exec(asked)?.[1] ?? "");
    // Another question, or none.
    await sandbox.waitFor("the key was heard", () => Promise.resolve(titleOf(watch.screen()) !== titleOf(asked)));
  }
}

function titleOf(screen: string): string {
  return /^.*\(Esc: leave it\)/m.exec(screen)?.[0] ?? "";
}

/** By the arrow keys, in the list of the question that is open (marked as @clack/prompts does). */
async function answer(play: OnTerminal, question: string, choice: string): Promise<void> {
  const answered = () => play.said().split("◇  ").length;
  const before = answered();
  await play.shows(new RegExp(`◆  ${question.replaceAll(".", "\\.")}`), new RegExp(`[●○] ${choice}`));
  const options = [...play.screen().matchAll(/([●○]) (.*)/g)].map(([, mark = "", label = ""]) => ({ mark, label }));
  const steps = options.findIndex(({ label }) => label.startsWith(choice)) - options.findIndex(({ mark }) => mark === "●");
  play.type(`${(steps < 0 ? KEYS.up : KEYS.down).repeat(Math.abs(steps))}${KEYS.enter}`);
  await sandbox.waitFor("the answer was heard", () => Promise.resolve(answered() > before));
}
