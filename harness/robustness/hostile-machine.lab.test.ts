import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { LABELS } from "../lab/containers/labels.js";
import type { CliProcess } from "./testing/cli-process.js";
import { expectExit, type Sandbox } from "./testing/sandbox.js";
import { sandboxTest as test } from "./testing/sandbox-test.js";

/** The expected node never serves, so the fault stays in force until the limit. */
const LASTING_FAULT = `fault("cable", "link-down", { target: "standby", expect: "standby" })`;
const SHORT_FAULT = `fault("cable", "link-down", { target: "standby" })`;

// Two labs at once, and no more: each waits most of its time for daemons.
describe("what a lab needs is not there: the right exit code, nothing left", () => {
  test.concurrent(
    "the disk is full in the middle of a trial: no-disk-space, exit 3, and what was written can be judged",
    async ({ sandbox }) => {
      const run = onSmallDisk(sandbox, sandbox.suite("full", `quiet("baseline", 60_000)`));
      const ended = await run.ended;
      expectExit(ended, 3);
      expect(ended.stderr).toContain("no-disk-space");
      await sandbox.expectNothingLeft();
      // With the disk's space back.
      const kept = join(sandbox.folder, "kept/runs");
      const [id = ""] = readdirSync(kept);
      const judged = await sandbox.cli("judge", join(kept, id));
      expect([3, 130], `${judged.stdout}${judged.stderr}`).toContain(judged.exitCode);
    },
  );

  test.concurrent("a node never boots: lab-not-ready with what was last seen, exit 3", async ({ sandbox }) => {
    const suite = sandbox.suite("unbootable", SHORT_FAULT);
    // A unit of the boot that never ends (systemd.service(5)): the system stays in the state "starting".
    const unit = "[Service]\nType=oneshot\nExecStart=/bin/sleep infinity\nTimeoutStartSec=infinity\n";
    writeFileSync(join(suite, "stuck.service"), unit);
    const cluster = join(suite, "cluster.yaml");
    const to = "/etc/systemd/system/systemd-user-sessions.service";
    writeFileSync(cluster, readFileSync(cluster, "utf8").replace(/^files:\n/m, `files:\n  - { file: stuck.service, to: ${to} }\n`));
    const ended = await sandbox.run(suite).ended;
    expectExit(ended, 3);
    expect(ended.stderr).toMatch(/lab-not-ready.*vm-node\d has booted; last seen: starting/);
    expect(sandbox.results()).toMatchObject({ verdict: "error", errors: [{ code: "lab-not-ready" }] });
    expect(readFileSync(join(sandbox.runFolder(), "nodes/vm-node1/journal.log"), "utf8")).not.toBe("");
    await sandbox.expectNothingLeft();
  });
});

describe("a part of the lab hangs or goes: the right verdict, the evidence kept, nothing left", () => {
  test.concurrent("a node's systemd hangs in the middle of a trial: judged all the same, and the lab goes", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("hanging", LASTING_FAULT));
    await sandbox.eventOf(run, "fault-proven");
    process.kill(await firstProcessOf(sandbox, "vm-node2"), "SIGSTOP");
    const ended = await run.ended;
    // The expectation is wrong on purpose, so it cannot pass; that it was judged is what counts.
    expectExit(ended, 1);
    expect(sandbox.results()).toMatchObject({ verdict: "fail", tests: [{ trials: [{ verdict: "fail", proven: true }] }] });
    expect(existsSync(join(sandbox.runFolder(), "nodes/vm-node1/pacemaker.log")), "logs of the node that is left").toBe(true);
    await sandbox.expectNothingLeft();
  });

  test.concurrent("the engine does not answer any more: engine-lost, exit 3, and the history is there", async ({ sandbox }) => {
    const run = sandbox.run(sandbox.suite("engineless", LASTING_FAULT));
    await sandbox.eventOf(run, "fault-proven");
    sandbox.loseEngine();
    const ended = await run.ended;
    expectExit(ended, 3);
    const { verdict, errors } = sandbox.results();
    expect(verdict).toBe("error");
    expect(errors.map(({ code }) => code)).toContain("engine-lost");
    await sandbox.findEngine();
    expectExit(await sandbox.cli("down", "--all"), 0);
    await sandbox.expectNothingLeft();
  });
});

/** A copy of it is in kept/ afterwards. The run's own folder is on a disk of 250 kB in a mount namespace of its own: the probes fill it within 10 s, on slow cores 30 s (mount_namespaces(7), tmpfs(5)). */
function onSmallDisk(sandbox: Sandbox, suite: string): CliProcess {
  mkdirSync(sandbox.reports);
  const mount = `mount -t tmpfs -o size=250k tmpfs ${sandbox.reports} && "$@"; code=$?; cp -r ${sandbox.reports} kept; exit $code`;
  return sandbox.start(["run", suite, "--report-dir", sandbox.reports], {}, ["unshare", "--mount", "sh", "-c", mount, "sh"]);
}

async function firstProcessOf({ containers, docker }: Sandbox, host: string): Promise<number> {
  const found = (await containers()).find(({ Labels }) => Labels[LABELS.host] === host);
  const { State } = await docker.getContainer(found?.Id ?? "").inspect();
  return State.Pid;
}
