import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "vitest";
import { LABELS } from "../lab/containers/labels.js";
import { expectExit, type Sandbox } from "./testing/sandbox.js";
import { sandboxTest as test } from "./testing/sandbox-test.js";

/** Longer than the silence that a judged window may have (timing/probe-quality.ts), and short enough for the catch-up to be seen. */
const STOPPED_MS = 3_000;

describe("a probe that does not run", () => {
  test.concurrent("stopped for 3 s: the trial is invalid, exit 4, and its lateness is told", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("stalled", `quiet("baseline", 20_000)`));
    await sandbox.eventOf(run, "trial-started");
    await signalProbe(sandbox, "STOP");
    await sleep(STOPPED_MS);
    await signalProbe(sandbox, "CONT");
    expectExit(await run.ended, 4);
    const { verdict, tests } = sandbox.results();
    const trial = tests[0]?.trials[0];
    expect(verdict).toBe("invalid");
    expect(trial?.reason).toMatch(/^probe load not proven: /);
    expect(trial?.probes.latestMs).toBeGreaterThan(STOPPED_MS * 0.9);
    // The other client went on, so that what is wrong is the probe and not the service.
    expect(trial?.kept).toMatchObject({ failed: 0 });
    await sandbox.expectNothingLeft();
  });
});

async function signalProbe({ containers, docker }: Sandbox, signal: "STOP" | "CONT"): Promise<void> {
  const client = (await containers()).find(({ Labels }) => Labels[LABELS.role] === "client");
  const exec = await docker.getContainer(client?.Id ?? "").exec({ Cmd: ["pkill", `-${signal}`, "-f", "agents/http-probe.js"] });
  await exec.start({ Detach: true });
}
