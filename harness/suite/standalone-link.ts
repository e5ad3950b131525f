import { createRun } from "../history/run-store.js";
import { openHistory } from "../history/history-writer.js";
import { recordRunStart } from "./record-run-start.js";
import { labNameFor } from "./lab-name.js";
import type { RunLink } from "./run-link.js";

/** For a suite file that vitest runs by itself: a run of its own, stored like any other. */
export function standaloneLink(folder: string): RunLink {
  const run = createRun("reports");
  const history = openHistory(run.history);
  recordRunStart(history, { runId: run.id, provider: "containers", seed: 0 });
  history.close();
  return {
    folder,
    runId: run.id,
    historyFile: run.history,
    nodesFolder: `${run.dir}/nodes`,
    baseUs: history.baseUs,
    provider: "containers",
    labName: labNameFor(folder, run.id),
    repeat: 1,
    filter: "",
    keep: false,
    planFile: null,
  };
}
