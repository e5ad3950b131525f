import { basename, relative } from "node:path";

/** A suite's name in results: its folder as one would type it. */
export function suiteName(folder: string): string {
  return relative(process.cwd(), folder) || basename(folder);
}
