import { findRun, listRuns } from "../history/run-store.js";
import { HachaosError } from "../kernel/errors.js";
import { readResults } from "./read-results.js";
import type { Results } from "./results.js";

export interface StoredResults {
  /** Oldest first. */
  runs: Results[];
  /** Stored runs that cannot be read, with the reason. */
  unreadable: { id: string; why: string }[];
}

/** The results of all stored runs. A run that was merged into another one is not there beside it, or its trials would count twice. */
export function storedResults(reportsDir: string): StoredResults {
  const found: StoredResults = { runs: [], unreadable: [] };
  for (const id of listRuns(reportsDir)) {
    try {
      found.runs.push(readResults(findRun(reportsDir, id).results));
    } catch (error) {
      if (!(error instanceof HachaosError)) throw error;
      found.unreadable.push({ id, why: error.message });
    }
  }
  const merged = new Set(found.runs.flatMap(({ run }) => (run.parts ?? []).filter((part) => part.id !== run.id).map((part) => part.id)));
  const runs = found.runs.filter(({ run }) => !merged.has(run.id));
  return { ...found, runs: runs.sort((a, b) => Date.parse(a.run.startedAt) - Date.parse(b.run.startedAt)) };
}
