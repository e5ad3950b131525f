import { expect, test } from "vitest";
import type { ProbeOutcome } from "../history/event.js";
import { apacheKill } from "../history/testing/scenarios.js";
import { judged } from "./testing/judged.js";

const MS = 1_000;

test("the gap that a kept connection felt is told beside the gap of new ones", () => {
  const run = apacheKill();
  const injectUs = run.events().find((event) => event.type === "fault-injecting")?.atUs ?? NaN;
  const ask = (atMs: number, tookMs: number, outcome: ProbeOutcome, connection: number) => {
    const atUs = injectUs + atMs * MS;
    const servedBy = outcome === "ok" ? "vm-node1" : null;
    run.add({
      type: "http-kept",
      lab: "lab-1",
      atUs,
      endUs: atUs + tookMs * MS,
      scheduledUs: atUs,
      outcome,
      servedBy,
      error: null,
      connection,
    });
  };
  ask(-100, 2, "ok", 1);
  ask(0, 2, "ok", 1);
  ask(100, 1_000, "timeout", 1);
  ask(1_100, 1_000, "timeout", 2);
  ask(2_100, 3, "ok", 2);
  const { kept } = judged(run);
  expect(kept).toMatchObject({ gap: { minMs: 1_000, maxMs: 2_103 }, total: 5, failed: 2, connections: 2 });
});

test("a run without such a client says nothing of it", () => {
  expect(judged(apacheKill()).kept).toBeNull();
});
