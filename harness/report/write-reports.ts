import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Comparison } from "../check/comparison.js";
import type { Results } from "../check/results.js";
import type { HistoryEvent } from "../history/event.js";
import { messageOf } from "../kernel/errors.js";
import { reportModel, type ReportModel } from "./model.js";
import { reportFormats, type ReportFormat } from "./registry.js";

/** What came of it: what the reports were made from, paths and texts by format name, and formats that could not be written. */
export interface WrittenReports {
  model: ReportModel;
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
  const failed: WrittenReports["failed"] = [];
  const model = modelOf(runFolder, results, events, comparison, failed);
  const written: WrittenReports = { model, paths: {}, texts: {}, failed };
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
  failed: WrittenReports["failed"],
): ReportModel {
  try {
    return reportModel(results, events, runFolder, comparison);
  } catch (error) {
    failed.push({ format: "history", message: messageOf(error) });
    return reportModel(results, [], runFolder, comparison);
  }
}
