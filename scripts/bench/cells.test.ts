import { expect, test } from "vitest";
import type { Results } from "../../harness/check/results.js";
import { cellLines, failoverLine } from "./cells.mjs";

const median = (ms: number) => ({ count: 2, median: { ms, lowMs: ms, highMs: ms, level: 0.5 } });

function measured(cells: number, gapMs: number, lateMs: number, verdict: string) {
  const trials = [
    { verdict: "pass", startMs: 0, endMs: 20_000, probes: { lateP99Ms: 1 } },
    { verdict, startMs: 20_000, endMs: 60_000, probes: { lateP99Ms: lateMs } },
  ];
  const statistics = {
    gap: median(gapMs),
    phases: { detection: median(gapMs / 2), membership: median(0), "failback: stop": median(1_000) },
  };
  const results = { verdict, tests: [{ name: "node-power-off", trials, statistics }] } as unknown as Results;
  return { cells, trials: 2, wallMs: 90_000 / cells, cpuShare: 0.35, results };
}

test("a line has the shift against the first line, the worst lateness and what is invalid; phases that take no time are left out", () => {
  const lines = cellLines(measured(2, 8_400, 130, "invalid"), measured(1, 8_000, 2, "pass"));
  expect(lines[0]?.trim().split(/ {2,}/)).toEqual(["2", "45.00 s", "8.40 s", "+5.0 %", "130.0 ms", "1", "0", "35 %"]);
  expect(lines.slice(1).map((line) => line.trim())).toEqual(["detection 4.20 s (+5.0 %)", "failback: stop 1.00 s (+0.0 %)"]);
});

test("the whole suite is held against its longest trial", () => {
  expect(failoverLine(measured(2, 8_000, 2, "pass"))).toBe(
    "suites/failover in 2 cells: 45.00 s, 1.13 x its longest scenario (node-power-off, 40.00 s); pass",
  );
});
