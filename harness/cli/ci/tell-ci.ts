import { appendFileSync, statSync } from "node:fs";
import { annotations } from "../../report/formats/annotations.js";
import { markdownWithin, STEP_SUMMARY_BYTES } from "../../report/formats/markdown.js";
import type { ReportModel } from "../../report/model.js";
import type { Terminal } from "../terminal/terminal.js";
import { findPlace } from "./find-place.js";

/**
 * Tells the CI server, where one runs us: the summary goes to GitHub's step summary, and each failure to the line of its test. Both are
 * GitHub's own; every other server reads junit.xml and the text on stdout.
 */
export function tellCi(
  model: ReportModel,
  terminal: Pick<Terminal, "progress">,
  env: Record<string, string | undefined> = process.env,
): void {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS: actions, GITHUB_WORKSPACE: workspace = "." } = env;
  if (summary) appendSummary(model, summary, terminal);
  if (actions !== "true") return;
  const lines = annotations(model.failures, (failure) => {
    const test = model.tests.find(({ id }) => id === failure.testId);
    return findPlace(workspace, test?.suite ?? failure.where, test?.name ?? null, failure.findings[0]?.what ?? null);
  });
  // On stderr, which the runner reads too: stdout may be JSON.
  for (const line of lines) terminal.progress(line);
}

function appendSummary(model: ReportModel, file: string, terminal: Pick<Terminal, "progress">): void {
  const room = STEP_SUMMARY_BYTES - (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  const text = markdownWithin(model, room);
  if (Buffer.byteLength(text) <= room) appendFileSync(file, text);
  else terminal.progress("the step's summary is full: this run's is in its folder, summary.md");
}
