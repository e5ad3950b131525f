import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Comparison } from "../check/comparison.js";
import type { Results } from "../check/results.js";
import type { HistoryEvent } from "../history/event.js";
import { messageOf } from "../kernel/errors.js";
import { reportModel, type ReportModel } from "./model.js";
import { reportFormats, type ReportFormat } from "./registry.js";

/** What came of it: paths by format name, the text for the terminal, and formats that could not be written. */
export interface WrittenReports {
  paths: Record<string, string>;
  texts: Record<string, string>;
  failed: { format: string; message: string }[];
}

/** `comparison`: the run against an earlier one, which the reports then tell of. */
export interface ReportOptions {
  comparison?: Comparison | null;
  formats?: readonly ReportFormat[];
}

/** Writes every format into the run folder. One that throws is reported in `failed` and does not stop the others. */
export async function writeReports(
  runFolder: string,
  results: Results,
  events: readonly HistoryEvent[],
  { comparison = null, formats = reportFormats }: ReportOptions = {},
): Promise<WrittenReports> {
  await mkdir(runFolder, { recursive: true });
  const written: WrittenReports = { paths: {}, texts: {}, failed: [] };
  const model = modelOf(runFolder, results, events, comparison, written);
  for (const format of formats) {
    const path = join(runFolder, format.file);
    try {
      const text = format.render(model);
      // Written aside and renamed, so that nobody ever reads half a report.
      await writeFile(`${path}.part`, text);
      await rename(`${path}.part`, path);
      written.paths[format.name] = path;
      written.texts[format.name] = text;
    } catch (error) {
      written.failed.push({ format: format.name, message: messageOf(error) });
    }
  }
  return written;
}

/** A history that cannot be drawn must not cost the verdicts: then the reports come without pictures, and say so. */
function modelOf(
  runFolder: string,
  results: Results,
  events: readonly HistoryEvent[],
  comparison: Comparison | null,
  written: WrittenReports,
): ReportModel {
  try {
    return reportModel(results, events, runFolder, comparison);
  } catch (error) {
    written.failed.push({ format: "history", message: messageOf(error) });
    return reportModel(results, [], runFolder, comparison);
  }
}
