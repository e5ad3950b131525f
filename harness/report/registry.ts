import { htmlFormat } from "./formats/html.js";
import { jsonFormat } from "./formats/json.js";
import { junitFormat } from "./formats/junit.js";
import { markdownFormat } from "./formats/markdown.js";
import { summaryFormat } from "./formats/summary.js";
import type { ReportModel } from "./model.js";

/** A way to write a run down: `file` is its name in the run folder, `render` is pure. */
export interface ReportFormat {
  name: string;
  file: string;
  render(model: ReportModel): string;
}

/** Every report format: one file and one line here. Machine-readable ones first, so they exist even if a picture fails. */
export const reportFormats: readonly ReportFormat[] = [jsonFormat, junitFormat, summaryFormat, markdownFormat, htmlFormat];
