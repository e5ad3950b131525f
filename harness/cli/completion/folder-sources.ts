import { readdirSync, type Dirent } from "node:fs";
import { listRuns } from "../../history/run-store.js";
import type { Candidate, Sources } from "./candidates.js";

/** What this machine's folders know. */
export const folderSources: Pick<Sources, "suites" | "suiteFolders" | "runs"> = {
  suites: (typed) => named(suitesBelow(folderOf(typed))),
  suiteFolders(typed) {
    const base = folderOf(typed);
    const suites = suitesBelow(base);
    const parents = suites.map((suite) => suite.slice(0, suite.lastIndexOf("/"))).filter((folder) => folder.length > base.length);
    return named([...new Set([...suites, ...parents])].sort());
  },
  runs: (reportDir) => named(["latest", ...listRuns(reportDir).toReversed()]),
};

/** What is typed of a path up to its last slash. */
function folderOf(typed: string): string {
  return typed.slice(0, typed.lastIndexOf("/") + 1);
}

function named(values: readonly string[]): Candidate[] {
  return values.map((value) => ({ value }));
}

/** suites/mutants/<suite> is three folders deep. */
const DEPTH = 3;
/** Enough for a project; in a home folder it must not go on for ever. */
const MOST_FOLDERS = 2_000;
const NOT_IN = ["node_modules", "dist", "reports"];

/** Folders with a cluster.yaml below `base` ("" or with a slash at its end), written as one would go on from there. */
export function suitesBelow(base: string): string[] {
  const found: string[] = [];
  let level = [base];
  let seen = 0;
  for (let depth = 0; depth <= DEPTH && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      const entries = (seen += 1) > MOST_FOLDERS ? [] : list(folder);
      if (folder !== base && entries.some(({ name }) => name === SUITE_FILE)) found.push(folder.slice(0, -1));
      else next.push(...entries.filter(isLookedInto).map(({ name }) => `${folder}${name}/`));
    }
    level = next;
  }
  return found.sort();
}

/** cluster/load-definition.ts calls it DEFINITION_FILE; that file is not loaded here, as it takes a while. */
const SUITE_FILE = "cluster.yaml";

function isLookedInto(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith(".") && !NOT_IN.includes(entry.name);
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true });
  } catch {
    // Not ours to read, or gone meanwhile.
    return [];
  }
}
