import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Results } from "../check/results.js";
import { readHistory } from "../history/read-history.js";
import { saveSuite } from "../live/save-suite.js";
import { fakeConsole, type FakeConsole } from "./testing/fake-console.js";
import { openPageClient, type PageClient } from "./testing/page-client.js";

const CABLE = { do: "inject", kind: "link-down", target: "vm-node1", params: { nic: "eth0" } };

let fake: FakeConsole | null = null;
afterEach(async () => {
  await fake?.end();
  fake = null;
});

async function opened(options: { locked?: boolean } = {}): Promise<{ fake: FakeConsole; page: PageClient }> {
  fake = await fakeConsole(options);
  return { fake, page: await openPageClient(fake.console.url) };
}
const faults = async () => (await fake!.lab.journal.list()).map(({ kind }) => kind);

describe("the lock, which the server keeps", () => {
  it("lets nothing be broken from a page that was not unlocked, that was locked again, or that lost its connection", async () => {
    const { fake, page } = await opened();
    expect(await page.ask(CABLE)).toMatchObject({ status: 400, message: "this page is locked, so nothing was broken" });
    expect((await page.ask({ do: "unlock" })).status).toBe(202);
    expect((await page.ask({ do: "lock" })).status).toBe(202);
    expect((await page.ask(CABLE)).status).toBe(400);
    await page.ask({ do: "unlock" });
    const other = await openPageClient(fake.console.url);
    expect((await other.ask(CABLE)).status).toBe(400);
    page.close();
    await expect.poll(async () => (await page.ask(CABLE)).status).toBe(409);
    expect(await faults()).toEqual([]);
  });

  it("never opens with --locked, but lets heal", async () => {
    const { fake, page } = await opened({ locked: true });
    expect(await page.ask({ do: "unlock" })).toMatchObject({ status: 400, message: "this console is locked" });
    expect((await page.ask(CABLE)).status).toBe(400);
    const fault = await fake.console.live.inject({ kind: "link-down", target: "vm-node1", params: { nic: "eth0" } });
    expect((await page.ask({ do: "heal", id: fault.id })).status).toBe(202);
    await expect.poll(faults).toEqual([]);
  });
});

describe("what a page asks for", () => {
  it("is checked before anything is done", async () => {
    const { page } = await opened();
    await page.ask({ do: "unlock" });
    expect((await page.ask({ ...CABLE, kind: "link-dwon" })).message).toBe("there is no fault link-dwon");
    expect((await page.ask({ ...CABLE, target: "vm-node3" })).message).toBe("there is no node or role vm-node3");
    expect((await page.ask({ ...CABLE, params: { nic: 7 } })).message).toContain("nic");
    expect((await page.ask({ do: "heal", id: "link-down-0000" })).message).toBe("no fault link-down-0000 is in force");
    expect(await faults()).toEqual([]);
  });

  it("stands in the transcript with who asked, what was read back, and what went wrong", async () => {
    const { page } = await opened();
    await page.ask({ do: "unlock" });
    const lines: string[] = [];
    const seen = () => {
      const text = (page.last("entries") ?? "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
      if (text !== lines.at(-1)) lines.push(text);
      return lines.join("\n");
    };
    await page.ask(CABLE);
    await expect.poll(seen, { timeout: 5_000 }).toContain("vm-node1: /sys/class/net/eth0/carrier is 0");
    expect(seen()).toContain("page 1 breaks link-down of vm-node1 (nic=eth0)");
    await page.ask({ do: "inject", kind: "address-delete", target: "vm-node2", params: {} });
    await expect.poll(seen, { timeout: 5_000 }).toContain("breaks address-delete of vm-node2: ");
  });
});

it("is judged at the end: every fault is a trial of the report, which can be read before", async () => {
  const { fake, page } = await opened();
  const url = fake.console.url.replace("?", "report?");
  expect((await fetch(url)).status).toBe(404);
  await page.ask({ do: "unlock" });
  await page.ask(CABLE);
  await expect.poll(() => fake.console.live.faults()[0]?.proof).toBeDefined();
  expect(await (await fetch(url)).text()).toContain("link-down-vm-node1");
  await page.ask({ do: "heal", id: "all" });
  await expect.poll(faults).toEqual([]);
  const { run, reports } = await fake.close();
  expect(existsSync(reports["html"] ?? "")).toBe(true);
  expect((JSON.parse(readFileSync(run.results, "utf8")) as Results).tests.map(({ name }) => name)).toEqual(["link-down-vm-node1"]);
});

describe("what was done can be saved as a suite", () => {
  it("by a page that is locked too; it is what hachaos save makes of the stored session", async () => {
    const { fake, page } = await opened();
    await page.ask({ do: "unlock" });
    await page.ask(CABLE);
    await expect.poll(() => fake.console.live.faults()[0]?.proof).toBeDefined();
    await page.ask({ do: "lock" });
    const file = join(fake.reportDir, "by-hand", "cluster.yaml");
    expect(await page.ask({ do: "save", folder: "by-hand" })).toEqual({
      status: 202,
      message: `${file}; link-down-vm-node1; hachaos run by-hand does it again`,
    });
    await expect.poll(() => page.last("entries")).toContain("saves what was done as a suite");
    const { run } = await fake.close();
    const { file: saved } = saveSuite(readHistory(run.history), join(fake.reportDir, "the-same"));
    expect(readFileSync(file, "utf8")).toBe(readFileSync(saved, "utf8"));
  });

  it("never over what is there, never elsewhere, and not before something was broken", async () => {
    const { fake, page } = await opened();
    expect((await page.ask({ do: "save", folder: "by-hand" })).message).toContain("nothing was broken");
    for (const folder of ["", "..", ".hidden", "a/b", "/tmp/by-hand", "-rf"])
      expect(await page.ask({ do: "save", folder })).toMatchObject({
        status: 400,
        message: `${folder || "nothing"} is no name of a new folder`,
      });
    mkdirSync(join(fake.reportDir, "mine"));
    writeFileSync(join(fake.reportDir, "mine", "notes"), "");
    expect((await page.ask({ do: "save", folder: "mine" })).message).toContain("not empty");
    expect(existsSync(join(fake.reportDir, "by-hand"))).toBe(false);
  });
});
