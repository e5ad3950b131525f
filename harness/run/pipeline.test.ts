import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ClusterDefinition } from "../cluster/definition.js";
import { openHistory } from "../history/history-writer.js";
import { readHistory } from "../history/read-history.js";
import { trialsOf } from "../history/views/trial.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { fakeProvider } from "../lab/fake/fake-provider.js";
import { runTrial } from "./conductor.js";
import { fault, type Scenario } from "./scenario.js";
import { openSession, type Session } from "./session.js";

const folder = mkdtempSync(join(tmpdir(), "hachaos-pipeline-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs one scenario on a pretended cluster and returns the history it left, with what the conductor said of the lab. */
async function play(name: string, scenario: Scenario, definition: ClusterDefinition = sampleDefinition(), stop?: AbortController) {
  const history = openHistory(join(folder, `${name}.ndjson`));
  history.write({ type: "suite-started", lab: name, suite: name, definition });
  const opened = await openSession({ provider: fakeProvider, history, name, definition, folder, keep: false, logFolder: folder });
  const { signal } = stop ?? {};
  /** Somebody stops the run as soon as the fault is there. */
  const record: Session["record"] = (event) => {
    opened.record(event);
    if (event.type === "fault-proven") stop?.abort();
  };
  const session = { ...opened, record };
  const outcome = await runTrial(session, { suite: name, scenario, trial: 1, phaseMs: 0, signal }).catch((error: unknown) => error);
  await session.close();
  history.close();
  const stored = readHistory(history.file);
  return { outcome, types: stored.events.map((event) => event.type), trial: trialsOf(stored)[0], events: stored.events };
}

// Every scenario waits for steady seconds, so they run side by side.
describe.concurrent("the conductor, on a pretended cluster", () => {
  it("records the undo, injects, proves, watches, heals, proves and waits for normal, in this order", async () => {
    const { outcome, types } = await play("order", fault("apache-kill", "apache-kill"));
    const steps = ["trial-started", "fault-injecting", "fault-proven", "observed", "fault-healing", "fault-healed", "gate", "trial-ended"];
    expect(types.filter((type) => steps.includes(type))).toEqual(steps);
    expect(outcome).toBe(true);
  }, 40_000);

  it("takes a pulled cable for what it is: nothing moves, and the cable is back in the end", async () => {
    const { outcome, events } = await play("cable", fault("link-down-standby", "link-down", { target: "standby" }));
    // eth0 is a direct cable: both of its ends go dark.
    const seen = events.filter((event) => event.type === "link" && !event.initial && event.device === "eth0");
    expect(seen.map((event) => ("carrier" in event ? `${event.node} ${String(event.carrier)}` : ""))).toEqual([
      "vm-node1 false",
      "vm-node2 false",
      "vm-node1 true",
      "vm-node2 true",
    ]);
    expect(outcome).toBe(true);
  }, 40_000);

  it("gives a node its power back even when the run is interrupted", async () => {
    const stop = new AbortController();
    const { outcome, events, types } = await play("interrupted", fault("node-power-off", "node-power-off"), sampleDefinition(), stop);
    expect(events.filter((event) => event.type === "power")).toMatchObject([{ on: false }, { on: true }]);
    expect(types).toContain("fault-healed");
    expect(events.at(-1)).not.toMatchObject({ status: "done" });
    expect(outcome).toMatchObject({ code: "interrupted" });
  }, 40_000);

  it("says that a fault did not bite when there is nothing to kill", async () => {
    const definition = sampleDefinition();
    const { events } = await play("nothing", fault("apache-kill", "apache-kill", { target: "standby" }), definition);
    expect(events.find((event) => event.type === "fault-not-proven")).toMatchObject({
      message: expect.stringContaining("nothing to kill") as string,
    });
  }, 60_000);
});
