import { basename } from "node:path";

/** A lab of a run: the suite's folder and the end of the run's id, which no other run has. */
export function labNameFor(folder: string, runId: string): string {
  const suite = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return `${suite}-${runId.slice(-4)}`;
}
