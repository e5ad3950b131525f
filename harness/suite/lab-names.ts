import { basename } from "node:path";

/** Names for the labs of a run: the suite's folder and the end of the run's id, which no other run has; from the second of a name on with a number. */
export function labNames(runId: string): (folder: string) => string {
  const counts = new Map<string, number>();
  return (folder) => {
    const suite = basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-");
    const name = `${suite}-${runId.slice(-4)}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  };
}
