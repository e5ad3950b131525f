import { expect, test } from "vitest";
import { benchLines, measure } from "./measure.mjs";

const history = [
  { type: "run-started", atUs: 0 },
  { type: "suite-started", atUs: 500_000 },
  { type: "lab-step", step: "containers", ms: null, atUs: 600_000 },
  { type: "lab-step", step: "containers", ms: 3_000, atUs: 3_600_000 },
  { type: "lab-step", step: "service", ms: 12_000, atUs: 15_600_000 },
  { type: "trial-started", test: "one", atUs: 16_000_000 },
  { type: "http", outcome: "refused", atUs: 16_000_000, endUs: 16_001_000, scheduledUs: 16_000_000 },
  { type: "http", outcome: "ok", atUs: 16_050_000, endUs: 16_500_000, scheduledUs: 16_047_000 },
  { type: "agent-load", name: "http", node: "client", overMs: 5_000, cpuMs: 200, lagMs: 3, atUs: 17_000_000 },
  { type: "agent-load", name: "http", node: "client", overMs: 5_000, cpuMs: 100, lagMs: 12, atUs: 18_000_000 },
  { type: "agent-load", name: "hachaos", node: "", overMs: 5_000, cpuMs: 150, lagMs: 2, atUs: 18_000_000 },
  { type: "fault-healed", atUs: 20_000_000 },
  { type: "trial-ended", atUs: 21_000_000 },
  { type: "trial-started", test: "two", atUs: 21_500_000 },
  { type: "trial-ended", atUs: 30_000_000 },
  { type: "suite-ended", atUs: 31_250_000 },
]
  .map((event) => JSON.stringify(event))
  .join("\n");

test("a history tells steps, first answer, time between tests and removal", () => {
  expect(measure(history)).toEqual({
    steps: [
      { step: "containers", ms: 3_000 },
      { step: "service", ms: 12_000 },
    ],
    first200Ms: 16_000,
    between: [{ after: "one", ms: 1_500 }],
    removalMs: 1_250,
    probes: { perSecond: 20, lateP50Ms: 0, lateP99Ms: 3, latestMs: 3 },
    loads: [
      { name: "http on client", percent: 3, lagMs: 12 },
      { name: "hachaos", percent: 3, lagMs: 2 },
    ],
  });
});

test("the lines say what the daemons take and what holds the aim back", () => {
  const lines = benchLines(measure(history), 32_000).join("\n");
  expect(lines).toContain("cold lab                15.00 s  (aim 14.00 s, 1.00 s more than the aim; most of it in service)");
  expect(lines).toContain("12.00 s, waiting for membership and service");
  expect(lines).toContain("HTTP probes: 20.0 a second, sent late by p50 0.0 ms, p99 3.0 ms, latest 3.0 ms");
  expect(lines).toContain("http on client         3.0 % of a core, event loop held up 12 ms at most");
  expect(lines).toContain("between one and the next test: 1.50 s");
});
