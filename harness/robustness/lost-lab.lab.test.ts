import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { expectExit, isHost } from "./testing/sandbox.js";
import { sandboxTest as test } from "./testing/sandbox-test.js";

/** Noticing takes no time; logs and removal took 2 to 4 s. */
const ENDS_WITHIN_MS = 20_000;

describe("a lab that is lost", () => {
  test.concurrent(
    "a node removed behind the run's back: its trial is an error, the next one is done in a new lab; exit 3, evidence kept, nothing left",
    async ({ sandbox }) => {
      const run = sandbox.run(sandbox.suite("lost", `quiet("baseline", 60_000), quiet("after", 1_000)`));
      await sandbox.eventOf(run, "trial-started");
      const removedAt = performance.now();
      await sandbox.remove("vm-node2");
      await sandbox.eventOf(run, "suite-ended");
      expect(performance.now() - removedAt, "ms until the lab was gone").toBeLessThan(ENDS_WITHIN_MS);
      expectExit(await run.ended, 3);
      await sandbox.expectNothingLeft();
      const { verdict, tests } = sandbox.results();
      expect(verdict).toBe("error");
      expect(tests[0]?.trials[0]).toMatchObject({
        verdict: "error",
        reason: expect.stringContaining("the container of vm-node2 ended") as string,
      });
      expect(sandbox.events("trial-ended").map(({ status }) => status)).toEqual(["lost", "done"]);
      const [lost = "", next = ""] = sandbox.events("trial-started").map(({ lab }) => lab);
      expect(next).not.toBe(lost);
      expect(existsSync(join(sandbox.runFolder(), "index.html"))).toBe(true);
      expect(existsSync(join(sandbox.runFolder(), "nodes", lost, "vm-node1/pacemaker.log")), "logs of the node that is left").toBe(true);
    },
  );

  test.concurrent("a node that dies by itself is lost, though the engine starts its container again", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("died", `quiet("baseline", 60_000)`));
    await sandbox.eventOf(run, "trial-started");
    const pid = await (await sandbox.machine("vm-node2")).pid();
    if (pid === null) throw new Error("vm-node2 does not run");
    process.kill(pid, "SIGKILL");
    expectExit(await run.ended, 3);
    await sandbox.expectNothingLeft();
    expect(sandbox.results().tests[0]?.trials[0]).toMatchObject({
      verdict: "error",
      reason: expect.stringContaining("the container of vm-node2 ended") as string,
    });
  });

  test.concurrent(
    "the process that holds the lab killed: the run says so, removes the lab and ends with verdict error",
    async ({ sandbox }) => {
      const run = sandbox.run(sandbox.suite("held", `quiet("baseline", 60_000)`));
      const worker = await sandbox.worker(run);
      await sandbox.until(run, "the first container", async () => (await sandbox.names()).some(isHost));
      process.kill(worker, "SIGKILL");
      expectExit(await run.ended, 3);
      await sandbox.expectNothingLeft();
      expect(sandbox.results()).toMatchObject({ verdict: "error", errors: [{ code: "lab-lost" }] });
    },
  );
});
