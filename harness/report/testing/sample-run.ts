import { results, type Results, type TrialResult } from "../../check/results.js";
import type { Budget } from "../../cluster/budget.js";
import { historyEvent, type HistoryEvent } from "../../history/event.js";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { initialStates, MACS, PERIOD_MS, sampleTrial, type SampleTrial, type Unplaced } from "./sample-events.js";
import { sampleFailbackPhases, samplePhases } from "./sample-phases.js";
import { SCENARIOS, type SampleScenario } from "./sample-scenarios.js";

const SUITE = "suites/failover";

/** A whole run of suites/failover with one failing and one invalid trial, as results and history; checked against the schemas. */
export function sampleRun(): { results: Results; events: HistoryEvent[] } {
  const events: HistoryEvent[] = [];
  const add = (atMs: number, event: Unplaced): void =>
    void events.push({ ...event, atUs: Math.round(atMs * 1000), lab: "lab1" } as HistoryEvent);
  const versions = { corosync: "3.1.7", pacemaker: "2.1.5", apache2: "2.4.62", debian: "12.8", kernel: "6.18.0", hachaos: "0.1.0" };
  const mechanisms = {
    bonding: "Open vSwitch 3.1.0 (kernel has no bonding driver)",
    "link loss": "switch port down",
    "packet filter": "nftables 1.0.6",
  };
  add(0, { type: "suite-started", suite: SUITE, definition: sampleDefinition(withFiles) });
  add(13800, {
    type: "lab-ready",
    bonding: "ovs",
    engine: "docker 20.10.24",
    image: "hachaos-node:bookworm-3fa9c1d2",
    versions,
    mechanisms,
    nodes: Object.fromEntries(Object.entries(MACS).map(([node, mac]) => [node, { macs: { eth2: mac } }])),
    missing: [],
  });
  for (const node of ["vm-node1", "vm-node2"]) initialStates(add, 13500, node);
  let startMs = 14000;
  const tests = SCENARIOS.map((scenario) => {
    const trial = sampleTrial(scenario, startMs);
    const budget = budgetOf(scenario);
    add(startMs, {
      type: "trial-started",
      suite: SUITE,
      test: scenario.test,
      trial: 1,
      fault: scenario.fault,
      expect: { servedBy: scenario.moves ? "standby" : "same" },
      budget,
      failbackBudget: budget,
    });
    for (const event of trial.events) events.push(event);
    add(trial.endMs, { type: "trial-ended", status: "done", reason: "" });
    startMs = trial.endMs + 100;
    return { suite: SUITE, name: scenario.test, verdict: scenario.verdict, trials: [trialResult(scenario, trial)] };
  });
  const startedAt = "2026-11-20T02:15:04.000Z";
  return {
    results: results.parse({
      schema: "hachaos/results@1",
      run: {
        id: "20261120-021504-failover",
        startedAt,
        endedAt: new Date(Date.parse(startedAt) + startMs + 4000).toISOString(),
        seed: 42,
        provider: "containers",
        bonding: "ovs",
        versions,
        argv: ["run", SUITE],
        host: { kernel: "6.18.0", cpus: 2, memoryMb: 7936, load1: 0.42, node: "v20.20.2", hachaos: "0.1.0" },
        image: "hachaos-node:bookworm-3fa9c1d2",
        mechanisms,
      },
      verdict: "fail",
      errors: [],
      tests,
    }),
    events: events.map((event) => historyEvent.parse(event)),
  };
}

function trialResult(scenario: SampleScenario, trial: SampleTrial): TrialResult {
  const total = scenario.gapMs;
  const interval = (ms: number): { minMs: number; maxMs: number } =>
    ms === 0 ? { minMs: 0, maxMs: 0 } : { minMs: ms - PERIOD_MS, maxMs: ms + PERIOD_MS };
  const budget = budgetOf(scenario);
  const failbackBudget: Budget = {
    ms: 12000,
    source: "computed",
    floorMs: 11300,
    warning: null,
    terms: [{ name: "stop, move, start", ms: 12000, source: "crm_mon: measured on an idle lab" }],
  };
  const atMs = trial.provenMs ?? trial.startMs;
  return {
    trial: 1,
    verdict: scenario.verdict,
    fault: scenario.fault,
    proven: scenario.verdict !== "invalid",
    reason: scenario.verdict === "pass" ? "" : (scenario.constraints[0]?.[3] ?? ""),
    gap: total === null ? { minMs: 32900, maxMs: null } : interval(total),
    budgetMs: budget.ms,
    budget,
    servedBefore: "vm-node1",
    servedAfter: total === null ? null : scenario.moves ? "vm-node2" : "vm-node1",
    failback:
      scenario.failbackMs > 0
        ? {
            gap: interval(scenario.failbackMs),
            budgetMs: failbackBudget.ms,
            budget: failbackBudget,
            phases: sampleFailbackPhases(trial.times),
          }
        : null,
    probes: { ...trial.probes, periodMs: PERIOD_MS, late: 0, lateP99Ms: 0.4, latestMs: 2.1 },
    phases: samplePhases(scenario, trial.times),
    kept: { gap: total === null ? { minMs: 32_900, maxMs: null } : interval(total), ...trial.kept },
    phaseMs: 2345.6,
    ...(scenario.advice ? { advice: scenario.advice } : {}),
    constraints: scenario.constraints.map(([id, title, verdict, finding, reason]) => ({
      id,
      title,
      verdict,
      reason,
      finding:
        id === "gap" && verdict === "pass" ? `the longest gap was ${((total ?? 0) / 1000).toFixed(2)} s of ${budget.ms / 1000} s` : finding,
      evidence:
        verdict === "fail" || id === "C3" || id === "C4"
          ? [
              { atMs: atMs + 20, node: "vm-node1", text: scenario.drawing.label },
              { atMs: atMs + 120, node: null, text: "last good answer, from vm-node1" },
            ]
          : [],
    })),
    startMs: trial.startMs,
    faultMs: trial.provenMs,
    healMs: trial.healMs,
    endMs: trial.endMs,
  };
}

function withFiles(definition: ReturnType<typeof sampleDefinition>): void {
  definition.corosync.content = "totem {\n  version: 2\n  token: 3000\n  consensus: 3600\n}\n";
  definition.pacemaker.content = "primitive httpd ocf:heartbeat:apache \\\n  op monitor interval=10s timeout=20s\n";
}

function budgetOf({ budget }: SampleScenario): Budget {
  return {
    ms: budget.ms,
    source: budget.warning ? "definition" : "computed",
    floorMs: Math.round(budget.ms * 0.95),
    warning: budget.warning ?? null,
    terms: budget.terms.map(([name, ms, source]) => ({ name, ms, source })),
  };
}
