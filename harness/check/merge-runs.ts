import { cpSync, existsSync, lstatSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mergeHistories } from "../history/merge.js";
import { firstOf, parseHistory, readHistory, type History } from "../history/read-history.js";
import { keepRun, nextRun, type RunFolder } from "../history/run-store.js";
import { judge } from "./judge.js";
import { mergeResults } from "./merge-results.js";
import { readResults } from "./read-results.js";
import type { Results } from "./results.js";

export interface MergedRun {
  run: RunFolder;
  history: History;
  results: Results;
}

/**
 * Merges stored runs into a new one of `reportsDir`: one history, the results they had (or, for a run that was killed, what its history
 * says), and each run's node logs under its id. Nothing is written when they cannot be merged.
 */
export function mergeRuns(reportsDir: string, sources: readonly RunFolder[]): MergedRun {
  const run = nextRun(reportsDir);
  const text = mergeHistories(
    sources.map((source) => source.history),
    run.id,
  );
  const history = parseHistory(text, run.history);
  const results = mergeResults(sources.map(resultsOf), history);
  keepRun(reportsDir, run);
  writeFileSync(run.history, text);
  for (const source of sources) copyLogs(source, run);
  return { run, history, results };
}

function resultsOf(source: RunFolder): Results {
  return existsSync(source.results) ? readResults(source.results) : judge(readHistory(source.history));
}

/** Nodes of two runs have the same names, so each run's logs get a folder of its own; those of a merged run have it already. */
function copyLogs(source: RunFolder, run: RunFolder): void {
  const from = join(source.dir, "nodes");
  if (!existsSync(from)) return;
  const isMerged = firstOf(readHistory(source.history).events, "part") !== null;
  const to = isMerged ? join(run.dir, "nodes") : join(run.dir, "nodes", source.id);
  // A folder that came from another machine must not bring links to files of this one.
  cpSync(from, to, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
}
