import { basename, relative } from "node:path";

/** A suite's name in results: its folder as one would type it; and the Debian release, when a run has it for several. */
export function suiteName(folder: string, release?: string): string {
  const name = relative(process.cwd(), folder) || basename(folder);
  return release === undefined ? name : `${name} (${release})`;
}
