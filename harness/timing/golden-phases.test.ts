import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { FAULT_PHASES } from "../cluster/phase-names.js";
import type { HistoryEvent } from "../history/event.js";
import { readHistory } from "../history/read-history.js";
import { trialsOf, type Trial } from "../history/views/trial.js";
import { failbackGapOf, faultGapOf } from "./gap.js";
import { failbackPhasesOf, phasesOf, type Phase } from "./phases.js";

/** One trial each of real runs on Debian 12; probes far from a change and log lines that tell nothing are taken out. */
const RUNS = ["apache-kill", "gateway-blackhole", "node-power-off"] as const;
type Run = (typeof RUNS)[number];

function golden(name: Run | "node-isolated-fenced", keep: (event: HistoryEvent) => boolean = () => true): Trial {
  const history = readHistory(fileURLToPath(new URL(`golden/${name}.ndjson`, import.meta.url)));
  const [trial] = trialsOf({ ...history, events: history.events.filter(keep) });
  if (trial === undefined) throw new Error("no trial");
  return trial;
}
const observed = (phases: Phase[]) => phases.filter((phase) => phase.startMs !== null);
const darkIn = (phases: Phase[]) => phases.reduce((sum, phase) => sum + phase.darkMs, 0);
const noLogs = (event: HistoryEvent) => event.type !== "log";
/** As histories were before operations and neighbours were written. */
const noneOfBoth = (event: HistoryEvent) => noLogs(event) && event.type !== "operation" && event.type !== "neighbour";

describe.each(RUNS)("a real %s", (name) => {
  test.each([
    ["as it was", () => true],
    ["without logs", noLogs],
    ["without logs, operations and neighbours", noneOfBoth],
  ])("%s: phases have evidence at both ends and add up to the gap's span", (_how, keep) => {
    const trial = golden(name, keep);
    for (const [phases, gap] of [
      [phasesOf(trial), faultGapOf(trial)],
      [failbackPhasesOf(trial), failbackGapOf(trial)],
    ] as const) {
      expect(gap?.spells.length).toBeGreaterThan(0);
      expect(Math.abs(darkIn(phases) - (gap?.totalMaxMs ?? NaN))).toBeLessThanOrEqual(trial.probe?.periodMs ?? 0);
      for (const phase of observed(phases))
        expect([phase.name, phase.starts !== null, phase.ends !== null]).toEqual([phase.name, true, true]);
      expect(observed(phases).at(-1)?.name).toBe("settle");
    }
  });

  test("without logs the same phases are there, and each mark's error holds the time that the log gave", () => {
    const [exact, coarse] = [golden(name), golden(name, noLogs)];
    for (const [fine, rough] of [
      [phasesOf(exact), phasesOf(coarse)],
      [failbackPhasesOf(exact), failbackPhasesOf(coarse)],
    ] as const) {
      expect(observed(rough).map((phase) => phase.name)).toEqual(observed(fine).map((phase) => phase.name));
      for (const phase of observed(rough)) {
        const timed = fine.find((one) => one.name === phase.name)?.ends;
        const { atMs = NaN, errorMs = NaN } = phase.ends ?? {};
        const late = (timed?.atMs ?? NaN) - atMs;
        // A stamp is itself no more exact than its own error.
        const holds = late <= (timed?.errorMs ?? 0) && late >= -errorMs - (timed?.errorMs ?? 0);
        expect([phase.name, phase.ends?.text, holds ? "holds" : `${late} ms off, error ${errorMs} ms`]).toEqual([
          phase.name,
          phase.ends?.text,
          "holds",
        ]);
      }
    }
  });

  test("logs make the marks exact", () => {
    for (const phase of observed(phasesOf(golden(name))))
      if (["detection", "membership", "decision", "stop", "vip up", "arp", "service start"].includes(phase.name))
        expect([phase.name, phase.ends?.errorMs ?? NaN]).toEqual([phase.name, expect.toSatisfy((ms: number) => ms <= 20)]);
  });
});

describe("what ended the phases of", () => {
  const sources = (phases: Phase[]) => Object.fromEntries(observed(phases).map((phase) => [phase.name, phase.ends?.source]));
  const moving = {
    decision: "operation",
    "vip up": "address",
    arp: "neighbour",
    "service start": "operation",
    "first answer": "probe",
    settle: "run",
  };

  test("apache-kill: a failed monitor", () => {
    expect(sources(phasesOf(golden("apache-kill")))).toEqual({ fault: "probe", detection: "operation", stop: "operation", ...moving });
  });
  test("gateway-blackhole: the ping attribute", () => {
    expect(sources(phasesOf(golden("gateway-blackhole")))).toEqual({ fault: "run", detection: "cluster", stop: "operation", ...moving });
  });
  test("node-power-off: the token, then the membership; nothing is left to stop", () => {
    expect(sources(phasesOf(golden("node-power-off")))).toEqual({
      fault: "probe",
      detection: "corosync",
      membership: "corosync",
      ...moving,
    });
    expect(sources(failbackPhasesOf(golden("node-power-off")))).toMatchObject({ membership: "corosync", stop: "operation" });
  });
});

describe("a real node-isolated in a cluster that fences", () => {
  const trial = golden("node-isolated-fenced");

  test("fencing is a phase of its own: after the membership, until the fencer says that the node is off", () => {
    const phases = phasesOf(trial);
    const fencing = phases.find((phase) => phase.name === "fencing");
    expect(phases.map((phase) => phase.name)).toEqual([...FAULT_PHASES]);
    expect(fencing).toMatchObject({ starts: { source: "corosync" }, ends: { source: "log", node: "vm-node2" } });
    expect(fencing?.evidence).toMatch(/Operation 'off' targeting vm-node1 by vm-node2 for \S+: OK/);
    // The heuristics' one second, the delay of three, the BMC's wait of two: what the configuration explains, and what a busy host adds.
    expect(fencing?.floor).toMatchObject({ leastMs: 1_000, mostMs: 7_000 });
    expect(fencing?.excessMs).toBeGreaterThan(0);
    const gap = faultGapOf(trial);
    expect(Math.abs(darkIn(phases) - (gap?.totalMaxMs ?? NaN))).toBeLessThanOrEqual(trial.probe?.periodMs ?? 0);
  });

  test("the loser was off before the other node took the address, and the address had one owner throughout", () => {
    const off = trial.events.find((event) => event.type === "power" && event.node === "vm-node1" && !event.on);
    const taken = trial.events.find((event) => event.type === "address" && event.address === "192.168.1.60" && event.node === "vm-node2");
    expect(off?.atUs).toBeLessThan(taken?.atUs ?? NaN);
  });

  test("without the fencer's log nobody knows when it was over, and the phase says so", () => {
    const fencing = phasesOf(golden("node-isolated-fenced", noLogs)).find((phase) => phase.name === "fencing");
    expect(fencing).toMatchObject({ startMs: null, evidence: "no node was seen to be fenced" });
  });
});
