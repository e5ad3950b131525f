import type { ReportFormat } from "../registry.js";

/** The public, schema-versioned results. */
export const jsonFormat: ReportFormat = {
  name: "json",
  file: "results.json",
  render: (model) => `${JSON.stringify(model.results, null, 2)}\n`,
};
