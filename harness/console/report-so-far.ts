import { existsSync, readFileSync } from "node:fs";
import { judge } from "../check/judge.js";
import { parseHistory } from "../history/read-history.js";
import type { RunFolder } from "../history/run-store.js";
import { page } from "../report/html/page.js";
import { reportModel } from "../report/model.js";

/** The run of a session that goes on. */
export type RunSoFar = Pick<RunFolder, "history" | "dir">;

/** The report of what was done until now, as a page; null: nothing was broken yet. */
export function reportSoFar({ history: file, dir }: RunSoFar): string | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  // A line that is just being written is no part of it yet.
  const history = parseHistory(text.slice(0, text.lastIndexOf("\n") + 1), file);
  if (!history.events.some(({ type }) => type === "trial-started")) return null;
  return page(reportModel(judge(history), history.events, dir));
}
