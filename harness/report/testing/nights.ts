import type { Results } from "../../check/results.js";
import { sampleRun } from "./sample-run.js";

const sample = sampleRun().results;

/** A night with one test: each trial's gap in ms, null when the service never came back. */
export function night(day: number, gaps: (number | null)[], change: (results: Results) => void = () => undefined): Results {
  const results = structuredClone(sample);
  const [test] = results.tests.filter(({ name }) => name === "apache-kill");
  const [trial] = test?.trials ?? [];
  if (!test || !trial) throw new Error("the sample has apache-kill");
  const id = `2026-09-${String(day).padStart(2, "0")}T02-00-00-abcd`;
  Object.assign(results.run, { id, startedAt: `${id.slice(0, 10)}T02:00:00.000Z` });
  test.trials = gaps.map((ms, index) => ({
    ...trial,
    trial: index + 1,
    gap: ms === null ? { minMs: 30_000, maxMs: null } : { minMs: ms - 5, maxMs: ms + 5 },
  }));
  results.tests = [test];
  change(results);
  return results;
}

/** Nights of which each has three trials around the same gap. */
export const level = (from: number, to: number, ms: number) =>
  Array.from({ length: to - from }, (_, at) => night(from + at, [ms, ms + 40 * (at % 3), ms + 10]));
