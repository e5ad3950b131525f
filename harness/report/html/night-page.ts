import type { ReportModel } from "../model.js";
import { banner } from "./banner.js";
import { differenceList } from "./difference-list.js";
import { environment } from "./environment.js";
import { failureList } from "./failure-list.js";
import { html, type Markup } from "./markup.js";
import { matrix } from "./matrix.js";
import { testTable } from "./test-table.js";

/** The first page: the verdict, what went wrong, what became slower, every test, and what the numbers were measured with. */
export function nightPage(model: ReportModel, details: ReadonlyMap<string, Markup>): Markup {
  return html`${banner(model)}${failureList(model)}${differenceList(model)}${testTable(model, details)}${matrix(model)}${environment(model)}`;
}
