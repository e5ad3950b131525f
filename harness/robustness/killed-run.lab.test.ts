import { readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { readHistory } from "../history/read-history.js";
import { hostNetwork } from "./testing/host-network.js";
import { expectExit, isHost, type Sandbox } from "./testing/sandbox.js";
import { sandboxTest as test } from "./testing/sandbox-test.js";

/** The expected node never serves, so the fault stays in force until the limit. */
const LASTING_FAULT = `fault("cable", "link-down", { target: "standby", expect: "standby" })`;

// Two labs at once, and no more: each waits most of its time for daemons.
describe("hachaos run killed by SIGKILL while the lab is built", () => {
  test.concurrent("containers are being made: down --all leaves nothing", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("killed", LASTING_FAULT));
    await sandbox.until(run, "the first container", async () => (await sandbox.names()).some(isHost));
    run.kill("SIGKILL");
    await run.ended;
    expectExit(await sandbox.cli("down", "--all"), 0);
    await sandbox.expectNothingLeft();
    await expectJudgedInterrupted(sandbox);
  });

  test.concurrent(
    "with the process that holds the lab, the cluster forms: status tells of a leftover, down --all removes it",
    async ({ sandbox }) => {
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
      await expectJudgedInterrupted(sandbox);
    },
  );
});

describe("hachaos run killed by SIGKILL while a fault is in force", () => {
  test.concurrent("the last line of its history is cut: judged, reported, and no trouble for the next run", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("killed", LASTING_FAULT));
    const worker = await sandbox.worker(run);
    await sandbox.eventOf(run, "fault-proven");
    process.kill(worker, "SIGKILL");
    run.kill("SIGKILL");
    await run.ended;
    const history = join(sandbox.runFolder(), "history.ndjson");
    truncateSync(history, statSync(history).size - 10);
    const cut = sandbox.runFolder();
    expect(readHistory(history).truncated).not.toBeNull();

    const judged = await sandbox.cli("judge", cut);
    expectExit(judged, 130);
    expect(judged.stderr).toMatch(/the history ends in the middle of line \d+: the run was killed/);
    expect(sandbox.results()).toMatchObject({ verdict: "interrupted", tests: [{ trials: [{ verdict: "interrupted" }] }] });
    expectExit(await sandbox.cli("report", cut), 0);
    expect(readFileSync(join(cut, "index.html"), "utf8")).toContain("interrupted");

    expectExit(await sandbox.run(sandbox.suite("next", `quiet("baseline", 1_000)`)).ended, 0);
    expectExit(await sandbox.cli("trend", "--report-dir", sandbox.reports), 0);
    expectExit(await sandbox.cli("down", "--all"), 0);
    await sandbox.expectNothingLeft();
  });

  test.concurrent("down --all ends the process that still heals, and leaves nothing", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("killed", LASTING_FAULT));
    await sandbox.eventOf(run, "fault-proven");
    run.kill("SIGKILL");
    await run.ended;
    expectExit(await sandbox.cli("down", "--all"), 0);
    await sandbox.expectNothingLeft();
    await expectJudgedInterrupted(sandbox);
  });

  test.concurrent("the lab heals and goes by itself, and this machine's network never changed", async ({ sandbox }) => {
    const before = hostNetwork();
    const run = sandbox.run(sandbox.suite("killed", LASTING_FAULT));
    await sandbox.eventOf(run, "fault-proven");
    expect(hostNetwork()).toEqual(before);
    run.kill("SIGKILL");
    await run.ended;
    await sandbox.expectNothingLeft(GOES_WITHIN_MS);
    expect(sandbox.events("fault-healed"), "the fault was healed").toHaveLength(1);
    expect(hostNetwork()).toEqual(before);
    await expectJudgedInterrupted(sandbox);
  });
});

/** Healing, copying the logs and removing five containers took 3 to 5 s. */
const GOES_WITHIN_MS = 30_000;

async function expectJudgedInterrupted(sandbox: Sandbox): Promise<void> {
  expect(readHistory(`${sandbox.runFolder()}/history.ndjson`).events[0]).toMatchObject({ type: "run-started" });
  expectExit(await sandbox.cli("judge", sandbox.runFolder()), 130);
  expect(sandbox.results().verdict).toBe("interrupted");
}
