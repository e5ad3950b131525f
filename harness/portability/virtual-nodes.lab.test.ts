import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventOf, HistoryEvent } from "../history/event.js";
import { readHistory } from "../history/read-history.js";
import { trialsOf, type Trial } from "../history/views/trial.js";
import { packageRoot } from "../kernel/package-root.js";
import { openSandbox, type Sandbox } from "../robustness/testing/sandbox.js";

let sandbox: Sandbox;
let trials: Trial[];
let events: HistoryEvent[];
let ended: { exitCode: number | null; stdout: string; stderr: string };

/** Machines boot once; every trial begins from their snapshot. */
beforeAll(async () => {
  sandbox = await openSandbox();
  ended = await sandbox.run(join(packageRoot(), "suites/vm"), "--provider", "vm").ended;
  const history = readHistory(join(sandbox.runFolder(), "history.ndjson"));
  trials = trialsOf(history);
  events = history.events;
});
afterAll(async () => {
  await sandbox.close();
});

test("suites/vm passes on virtual nodes with the kernel's bonding driver, and nothing is left", async () => {
  expect(ended.exitCode, `${ended.stdout}\n${ended.stderr}`).toBe(0);
  const { run, tests } = sandbox.results();
  expect(run).toMatchObject({ provider: "vm", bonding: "kernel" });
  expect(run.versions["kernel"]).toMatch(/-cloud-amd64$/);
  expect(tests.map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual([
    "link-down: pass",
    "nic-down: pass",
    "link-silent: pass",
    "apache-kill: pass",
    "node-power-off: pass",
  ]);
  await sandbox.expectNothingLeft();
});

describe("three ways in which a link dies, and who notices", () => {
  test.each(["link-down", "nic-down"])("%s: the bond takes its other leg and counts the failure", (name) => {
    const changes = duringFault(trialOf(name)).filter((event): event is EventOf<"bond"> => event.type === "bond" && event.bond === "bond0");
    expect(changes).toContainEqual(expect.objectContaining({ node: "vm-node1", active: "eth1" }));
    expect(changes.findLast(({ node }) => node === "vm-node1")?.linkFailures?.["eth0"]).toBeGreaterThanOrEqual(1);
  });

  test("link-silent: the bond does not notice, corosync does", () => {
    const seen = duringFault(trialOf("link-silent"));
    expect(seen.filter(({ type }) => type === "bond")).toEqual([]);
    expect(seen).toContainEqual(expect.objectContaining({ type: "corosync", what: "link", link: 0, up: false }));
  });
});

test("each trial but the first begins from the snapshot: the machines are back, and the lab proven normal", () => {
  const resets = events.filter(
    (event): event is EventOf<"lab-step"> => event.type === "lab-step" && event.step === "reset" && event.ms !== null,
  );
  expect(resets).toHaveLength(trials.length - 1);
});

test("nothing of the trial before reaches machines that were put back: corosync misses no messages", () => {
  const asked = events.filter((event) => event.type === "log" && event.text.includes("Retransmit List"));
  // A frame may be lost on a busy host. A token from a future that was taken back had both nodes ask four times a second and more, for minutes.
  expect(asked.length).toBeLessThan(20);
});

function trialOf(name: string): Trial {
  const found = trials.find((trial) => trial.test === name);
  if (!found) throw new Error(`no trial of ${name}`);
  return found;
}

function duringFault({ events: seen, marks, endUs }: Trial): HistoryEvent[] {
  const fromUs = marks.injecting?.atUs ?? Infinity;
  return seen.filter(({ atUs }) => atUs >= fromUs && atUs < (marks.healing?.atUs ?? endUs));
}
