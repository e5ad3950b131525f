import { comparison, type Comparison, type Difference } from "../../check/comparison.js";
import { statisticsOf, type Sample } from "../../timing/statistics.js";

/** The sample run against the night before: apache-kill is slower in detection, node-power-off faster, the rest unchanged. */
export function sampleComparison(): Comparison {
  const slow = [3900, 4100, 4000, 4300, 4200, 4050];
  return comparison.parse({
    schema: "hachaos/comparison@1",
    baseline: { id: "20261119-021500-failover", startedAt: "2026-11-19T02:15:00.000Z" },
    current: { id: "20261120-021504-failover", startedAt: "2026-11-20T02:15:04.000Z" },
    falseAlarms: 0.05,
    changed: [
      { what: "pacemaker", from: "2.1.4", to: "2.1.5" },
      { what: "suites/failover/pacemaker.crm", from: "op monitor interval=2s", to: "op monitor interval=10s" },
    ],
    rows: [
      row("apache-kill", "gap", null, "slower", 1400, slow, [5300, 5500, 5400, 5700, 5600, null]),
      row("apache-kill", "phase", "detection", "slower", 1350, slow, [5250, 5450, 5350, 5650, 5550, 5400]),
      row("node-power-off", "gap", null, "faster", -600, slow, [3300, 3500, 3400, 3700, 3600, 3450]),
      row("gateway-blackhole", "gap", null, "within noise", 40, slow, slow),
      row("link-down eth0 active", "gap", null, "too few runs", 0, [0], [0]),
    ],
    leftOut: { baseline: [], current: [] },
    onlyIn: { baseline: [], current: ["suites/failover › baseline"] },
  });
}

function row(
  test: string,
  what: "gap" | "phase",
  phase: string | null,
  verdict: Difference,
  shiftMs: number,
  baselineMs: Sample,
  currentMs: Sample,
): Comparison["rows"][number] {
  const few = verdict === "too few runs";
  return {
    suite: "suites/failover",
    test,
    what,
    phase,
    verdict,
    shiftMs,
    lowMs: few ? null : shiftMs - 200,
    highMs: few ? null : shiftMs + 200,
    level: 0.95,
    p: few ? null : 0.002,
    adjustedP: few ? null : 0.008,
    noiseFloorMs: 200,
    baseline: statisticsOf(baselineMs),
    current: statisticsOf(currentMs),
    baselineMs: [...baselineMs],
    currentMs: [...currentMs],
  };
}
