import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeReports } from "../write-reports.js";
import type { sampleRun } from "./sample-run.js";

/** Reports on disk, as a browser opens them. */
export interface ReportFiles {
  /** Writes the report of a run and returns its file: address. */
  write(name: string, run: ReturnType<typeof sampleRun>): Promise<string>;
  /** The same for a page that is made already. */
  writePage(name: string, html: string): Promise<string>;
  remove(): Promise<void>;
}

export async function reportFiles(): Promise<ReportFiles> {
  const folder = await mkdtemp(join(tmpdir(), "hachaos-page-"));
  return {
    async write(name, { results, events }) {
      const { paths } = await writeReports(join(folder, name), results, events);
      return pathToFileURL(paths["html"] ?? "").href;
    },
    async writePage(name, html) {
      const file = join(folder, `${name}.html`);
      await writeFile(file, html);
      return pathToFileURL(file).href;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
