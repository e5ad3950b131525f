import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeReports } from "../write-reports.js";
import type { sampleRun } from "./sample-run.js";

/** Reports on disk, as a browser opens them. */
export interface ReportFiles {
  /** Writes the report of a run and returns its file: address. */
  write(name: string, run: ReturnType<typeof sampleRun>): Promise<string>;
  remove(): Promise<void>;
}

export async function reportFiles(): Promise<ReportFiles> {
  const folder = await mkdtemp(join(tmpdir(), "hachaos-page-"));
  return {
    async write(name, { results, events }) {
      const { paths } = await writeReports(join(folder, name), results, events);
      return pathToFileURL(paths["html"] ?? "").href;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
