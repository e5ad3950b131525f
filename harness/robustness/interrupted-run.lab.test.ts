import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import type { CliProcess } from "./testing/cli-process.js";
import { expectExit, isHost, type Sandbox } from "./testing/sandbox.js";
import { sandboxTest as test } from "./testing/sandbox-test.js";

/** The expected node never serves, so the fault stays in force until the limit. */
const LASTING_FAULT = `fault("cable", "link-down", { target: "standby", expect: "standby" }), quiet("after", 1_000)`;

/** vitest and a suite file load within 1 to 2 s; on a busy machine it takes some times that. */
const LOADS_WITHIN_MS = 15_000;

describe("hachaos run interrupted while a fault is in force", () => {
  test.concurrent("SIGINT to it alone: healed, evidence kept, lab removed, exit 130", async ({ sandbox }) => {
    const run = await runWithFault(sandbox);
    run.kill("SIGINT");
    await expectHealedAndGone(sandbox, run);
  });

  test.concurrent("Ctrl-C, SIGINT to the whole process group: the same", async ({ sandbox }) => {
    const run = await runWithFault(sandbox);
    run.kill("SIGINT", "group");
    await expectHealedAndGone(sandbox, run);
  });
});

describe("hachaos run stopped otherwise", () => {
  test.concurrent(
    "SIGINT twice while a fault is in force: exits at once, says how to clean up, and that cleans up",
    async ({ sandbox }) => {
      const run = await runWithFault(sandbox);
      run.kill("SIGINT");
      await sandbox.until(run, "the first one is heeded", () => run.said().includes("once more to stop at once"));
      const asked = performance.now();
      run.kill("SIGINT");
      const ended = await run.ended;
      expectExit(ended, 130);
      expect(performance.now() - asked, "ms until it ended").toBeLessThan(1_000);
      expect(ended.stderr).toContain("hachaos down --all");
      expectExit(await sandbox.cli("down", "--all"), 0);
      await sandbox.expectNothingLeft();
      expectExit(await sandbox.cli("judge", sandbox.runFolder()), 130);
    },
  );

  test.concurrent("SIGTERM to the whole process group while the lab is built: nothing is left, exit 130", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("stopped", LASTING_FAULT));
    await sandbox.until(run, "the first container", async () => (await sandbox.names()).some(isHost));
    run.kill("SIGTERM", "group");
    expectExit(await run.ended, 130);
    await sandbox.expectNothingLeft();
    expect(sandbox.results().verdict).toBe("interrupted");
  });

  test.concurrent("SIGINT before there is a lab: exit 130, and none is made", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("early", LASTING_FAULT));
    await sandbox.eventOf(run, "run-started");
    run.kill("SIGINT", "group");
    expectExit(await run.ended, 130);
    // Its lab's process may have loaded just then: it finds nobody there and ends by itself, which on a busy machine takes a moment.
    await sandbox.expectNothingLeft(LOADS_WITHIN_MS);
    expect(sandbox.events("lab-ready")).toEqual([]);
    expect(sandbox.results().verdict).toBe("interrupted");
  });
});

async function runWithFault(sandbox: Sandbox): Promise<CliProcess> {
  const run = sandbox.run(sandbox.suite("stopped", LASTING_FAULT));
  await sandbox.eventOf(run, "fault-proven");
  return run;
}

async function expectHealedAndGone(sandbox: Sandbox, run: CliProcess): Promise<void> {
  expectExit(await run.ended, 130);
  await sandbox.expectNothingLeft();
  expect(sandbox.events("fault-healed"), "the fault was healed").toHaveLength(1);
  expect(sandbox.events("suite-ended"), "the lab was closed in order").toHaveLength(1);
  const results = sandbox.results();
  expect(results.verdict).toBe("interrupted");
  expect(results.tests.map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual(["cable: interrupted"]);
  for (const file of ["index.html", "junit.xml", "nodes/vm-node1/pacemaker.log"]) {
    expect(existsSync(join(sandbox.runFolder(), file)), `${file} was written`).toBe(true);
  }
}
