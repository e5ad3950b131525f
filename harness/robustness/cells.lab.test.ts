import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { expectExit, type Sandbox } from "./testing/sandbox.js";
import { sandboxTest as test } from "./testing/sandbox-test.js";

const SHORT_TESTS = `quiet("quiet", 1_000), fault("cable", "link-down", { target: "standby" })`;

// One after the other: each has two labs.
describe("a run in two cells", () => {
  test("two labs share out the trials, which come back in their order; nothing is left", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("shared", SHORT_TESTS), "--repeat", "2", "--cells", "2");
    const ended = await run.ended;
    // A busy host may be over a budget or late with its probes; who did what must be right all the same.
    expect([0, 1, 4], `${ended.stdout}\n${ended.stderr}`).toContain(ended.exitCode);
    await sandbox.expectNothingLeft();
    expect(sandbox.results().tests.map(({ name, trials }) => [name, ...trials.map(({ trial }) => trial)])).toEqual([
      ["quiet", 1, 2],
      ["cable", 1, 2],
    ]);
    const labs = new Set(sandbox.events("trial-started").map(({ lab }) => lab));
    expect(labs.size, "labs that did trials").toBe(2);
    for (const lab of labs)
      expect(existsSync(join(sandbox.runFolder(), "nodes", lab, "vm-node2/pacemaker.log")), `logs of ${lab}`).toBe(true);
    expect(overlap(sandbox), "two trials at once").toBe(true);
  });

  test("interrupted by a signal to it alone, it heals and removes both labs", async ({ sandbox }) => {
    const suite = sandbox.suite("both", `fault("cable", "link-down", { target: "standby", expect: "standby" })`);
    const run = sandbox.run(suite, "--repeat", "2", "--cells", "2");
    await sandbox.until(run, "a fault in both labs", () => sandbox.events("fault-proven").length === 2);
    run.kill("SIGINT");
    expectExit(await run.ended, 130);
    await sandbox.expectNothingLeft();
    expect(sandbox.events("fault-healed")).toHaveLength(2);
    expect(sandbox.events("suite-ended"), "labs closed in order").toHaveLength(2);
    expect(sandbox.results().tests[0]?.trials.map(({ trial, verdict }) => `${trial} ${verdict}`)).toEqual([
      "1 interrupted",
      "2 interrupted",
    ]);
  });
});

function overlap(sandbox: Sandbox): boolean {
  const [ends, starts] = [sandbox.events("trial-ended"), sandbox.events("trial-started")];
  const spans = starts.map(({ lab, atUs }) => ({ lab, atUs, endUs: ends.find((end) => end.lab === lab && end.atUs > atUs)?.atUs ?? atUs }));
  return spans.some((a) => spans.some((b) => a.lab !== b.lab && a.atUs < b.endUs && b.atUs < a.endUs));
}
