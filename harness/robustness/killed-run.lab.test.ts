import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readHistory } from "../history/read-history.js";
import { hostNetwork } from "./testing/host-network.js";
import { expectExit, isHost, openSandbox, type Sandbox } from "./testing/sandbox.js";

/** The expected node never serves, so the fault stays in force until the limit. */
const LASTING_FAULT = `fault("cable", "link-down", { target: "standby", expect: "standby" })`;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(async () => {
  await sandbox.close();
});

describe("hachaos run killed by SIGKILL", () => {
  test("while the containers are made: down --all leaves nothing", async () => {
    const run = sandbox.run(sandbox.suite("killed", LASTING_FAULT));
    await sandbox.until(run, "the first container", async () => (await sandbox.names()).some(isHost));
    run.kill("SIGKILL");
    await run.ended;
    expectExit(await sandbox.cli("down", "--all"), 0);
    await sandbox.expectNothingLeft();
    await expectJudgedInterrupted();
  });

  test("with the process that holds the lab, while the cluster forms: status tells of a leftover, down --all removes it", async () => {
    const run = sandbox.run(sandbox.suite("killed", LASTING_FAULT));
    const worker = await sandbox.worker(run);
    await sandbox.until(run, "membership", () => sandbox.events("lab-step").some(({ step }) => step === "membership"));
    run.kill("SIGKILL");
    process.kill(worker, "SIGKILL");
    await run.ended;
    const status = await sandbox.cli("status");
    expect(status.stdout).toContain("left over");
    const down = await sandbox.cli("down", "--all");
    expectExit(down, 0);
    expect(down.stdout).toMatch(/^removed killed-/);
    await sandbox.expectNothingLeft();
    await expectJudgedInterrupted();
  });

  test("while a fault is in force: down --all ends the process that still heals, and leaves nothing", async () => {
    const run = sandbox.run(sandbox.suite("killed", LASTING_FAULT));
    await sandbox.eventOf(run, "fault-proven");
    run.kill("SIGKILL");
    await run.ended;
    expectExit(await sandbox.cli("down", "--all"), 0);
    await sandbox.expectNothingLeft();
    await expectJudgedInterrupted();
  });

  test("while a fault is in force: the lab heals and goes by itself, and this machine's network never changed", async () => {
    const before = hostNetwork();
    const run = sandbox.run(sandbox.suite("killed", LASTING_FAULT));
    await sandbox.eventOf(run, "fault-proven");
    expect(hostNetwork()).toEqual(before);
    run.kill("SIGKILL");
    await run.ended;
    await sandbox.expectNothingLeft(GOES_WITHIN_MS);
    expect(sandbox.events("fault-healed"), "the fault was healed").toHaveLength(1);
    expect(hostNetwork()).toEqual(before);
    await expectJudgedInterrupted();
  });
});

/** Healing, copying the logs and removing five containers took 3 to 5 s. */
const GOES_WITHIN_MS = 30_000;

async function expectJudgedInterrupted(): Promise<void> {
  expect(readHistory(`${sandbox.runFolder()}/history.ndjson`).events[0]).toMatchObject({ type: "run-started" });
  expectExit(await sandbox.cli("judge", sandbox.runFolder()), 130);
  expect(sandbox.results().verdict).toBe("interrupted");
}
