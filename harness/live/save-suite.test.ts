import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadDefinition } from "../cluster/load-definition.js";
import type { FaultSpec, HistoryEvent } from "../history/event.js";
import { packageRoot } from "../kernel/package-root.js";
import { scenariosOf } from "../run/scenario.js";
import { saveSuite } from "./save-suite.js";

const FAILOVER = join(packageRoot(), "suites/failover");
const cable = (nic: string): FaultSpec => ({ kind: "link-down", target: "vm-node1", params: { nic } });

/** What a session that did this leaves, as far as it matters here: in each trial these faults. */
function sessionOf(folder: string | undefined, trials: FaultSpec[][]) {
  const events: unknown[] = [{ type: "suite-started", atUs: 0, ...(folder !== undefined && { folder }) }];
  for (const [index, faults] of trials.entries()) {
    const [fault] = faults;
    const test = [fault?.kind, fault?.target].join("-");
    events.push({ type: "trial-started", atUs: index * 100, test, trial: 1, fault, expect: { servedBy: "same" } });
    for (const each of faults) events.push({ type: "fault-injecting", atUs: index * 100 + 10, fault: each });
  }
  return { events: events as HistoryEvent[], truncated: null, unknownTypes: {} };
}

function newFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), "hachaos-save-"));
  onTestFinished(() => {
    rmSync(parent, { recursive: true });
  });
  return join(parent, "by-hand");
}

test("what was done becomes a suite that loads, each different thing once, in order", async () => {
  const folder = newFolder();
  const kill: FaultSpec = { kind: "apache-kill", target: "active", params: { scope: "all", signal: "KILL" } };
  const saved = saveSuite(sessionOf(FAILOVER, [[cable("eth0")], [kill], [cable("eth0")], [cable("eth2")]]), folder);
  expect(saved).toMatchObject({ tests: ["link-down-vm-node1", "apache-kill-active", "link-down-vm-node1-2"], leftOut: [] });
  const definition = await loadDefinition(folder);
  expect(definition.corosync).toEqual((await loadDefinition(FAILOVER)).corosync);
  expect(scenariosOf(definition).map(({ fault, expect: servedBy }) => ({ fault, servedBy }))).toEqual([
    { fault: cable("eth0"), servedBy: "same" },
    { fault: kill, servedBy: "same" },
    { fault: cable("eth2"), servedBy: "same" },
  ]);
});

test("several faults at once are no test, and that is said", () => {
  const saved = saveSuite(sessionOf(FAILOVER, [[cable("eth0"), cable("eth1")], [cable("eth2")]]), newFolder());
  expect(saved).toMatchObject({ tests: ["link-down-vm-node1"], leftOut: ["link-down-vm-node1 1"] });
});

test.each([
  ["nothing was broken", sessionOf(FAILOVER, []), "nothing was broken"],
  ["a run is no session", sessionOf(undefined, [[cable("eth0")]]), "this was no live session"],
  ["the suite is gone", sessionOf("/nonexistent", [[cable("eth0")]]), "/nonexistent"],
])("%s: a usage error, and no folder", (_name, history, words) => {
  expect(() => saveSuite(history, newFolder())).toThrow(words);
});

test("a folder that is not empty is left as it is", () => {
  expect(() => saveSuite(sessionOf(FAILOVER, [[cable("eth0")]]), FAILOVER)).toThrow("not empty");
});
