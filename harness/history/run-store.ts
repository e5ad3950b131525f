import { randomInt } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, statSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { HachaosError } from "../kernel/errors.js";

/** Where everything of one run is kept; the files exist once somebody wrote them. */
export interface RunFolder {
  id: string;
  dir: string;
  history: string;
  results: string;
  /** The run against its baseline, when it was given one. */
  comparison: string;
  junit: string;
  report: string;
  /** Folder for a node's logs (not created here). */
  nodeDir(node: string): string;
}

/** Makes `<reportsDir>/runs/<run-id>/` and points `<reportsDir>/latest` to it. */
export function createRun(reportsDir: string, now: Date = new Date()): RunFolder {
  const run = nextRun(reportsDir, now);
  keepRun(reportsDir, run);
  return run;
}

/** A run with an id of its own, nothing of it on the disk yet. */
export function nextRun(reportsDir: string, now: Date = new Date()): RunFolder {
  for (;;) {
    const run = runFolder(join(reportsDir, "runs", newRunId(now)));
    if (!existsSync(run.dir)) return run;
  }
}

/** Makes its folder and points `latest` to it. */
export function keepRun(reportsDir: string, run: RunFolder): void {
  mkdirSync(run.dir, { recursive: true });
  pointLatest(reportsDir, run);
}

/** All runs of a report folder (one with `runs/` in it), oldest first; null when the path is no such folder. */
export function runsOf(path: string): RunFolder[] | null {
  if (isRun(path) || !existsSync(join(path, "runs"))) return null;
  return listRuns(path).map((id) => runFolder(resolve(path, "runs", id)));
}

/**
 * A stored run: by id, by the beginning of an id that fits one run only, by path of its folder or of a file in it;
 * without a name, the newest. Throws `run-not-found`.
 */
export function findRun(reportsDir: string, name = "latest"): RunFolder {
  const path = [name, join(reportsDir, "runs", name)].find((candidate) => isRun(candidate));
  if (path !== undefined) return runFolder(resolve(path));
  if (existsSync(name) && statSync(name).isFile() && isRun(dirname(name))) return runFolder(resolve(dirname(name)));
  const ids = listRuns(reportsDir);
  const fitting = name === "latest" ? ids.slice(-1) : ids.filter((id) => id.startsWith(name));
  const [id] = fitting;
  if (id !== undefined && fitting.length === 1) return runFolder(resolve(reportsDir, "runs", id));
  const why =
    fitting.length === 0 ? `no run ${name} in ${reportsDir}` : `${name} fits ${String(fitting.length)} runs: ${fitting.join(", ")}`;
  throw new HachaosError("run-not-found", why);
}

/** Ids of all stored runs, oldest first (the ids sort by time). */
export function listRuns(reportsDir: string): string[] {
  const runs = join(reportsDir, "runs");
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((id) => isRun(join(runs, id)))
    .sort();
}

function runFolder(dir: string): RunFolder {
  return {
    id: basename(dir),
    dir,
    history: join(dir, "history.ndjson"),
    results: join(dir, "results.json"),
    comparison: join(dir, "comparison.json"),
    junit: join(dir, "junit.xml"),
    report: join(dir, "index.html"),
    nodeDir: (node) => join(dir, "nodes", node),
  };
}

/** For example 2026-11-22T17-55-03-x7k2: sorts by time (UTC), no character a file system or shell minds. */
function newRunId(now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(":", "-");
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  return `${stamp}-${Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join("")}`;
}

function isRun(dir: string): boolean {
  return existsSync(join(dir, "history.ndjson"));
}

/** A symlink cannot be changed in place: make a new one beside it and rename it over the old one, which is atomic (rename(2)). */
function pointLatest(reportsDir: string, run: RunFolder): void {
  const latest = join(reportsDir, "latest");
  const fresh = join(reportsDir, `.latest-${run.id}`);
  if (lstatSync(latest, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new HachaosError("usage", `${latest} is a folder; hachaos keeps a link to the newest run there`, { hint: "move it away" });
  }
  symlinkSync(relative(reportsDir, run.dir), fresh);
  renameSync(fresh, latest);
}
