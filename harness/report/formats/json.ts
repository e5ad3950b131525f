import type { ReportFormat } from "../registry.js";
import type { Results } from "../../check/results.js";

/** The public, schema-versioned results: indented, but a trial is one line, for a night can have thousands of them. */
export const jsonFormat: ReportFormat = { name: "json", file: "results.json", render: (model) => json(model.results) };

function json({ tests, ...rest }: Results): string {
  const head = JSON.stringify(rest, null, 2).slice(0, -"\n}".length);
  return `${head},\n  "tests": [${tests.map(testJson).join(",")}\n  ]\n}\n`;
}

function testJson({ trials, ...rest }: Results["tests"][number]): string {
  const head = JSON.stringify(rest).slice(0, -"}".length);
  return `\n    ${head}, "trials": [${trials.map((trial) => `\n      ${JSON.stringify(trial)}`).join(",")}\n    ]}`;
}
