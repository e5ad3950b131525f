import type { Failure } from "../failures.js";
import { VERDICT_WORDS } from "../words.js";

/** Where a failure is shown in the sources: the file from the workspace's top and the line, from 1. */
export interface Place {
  file: string;
  line: number;
}

/** GitHub shows ten of a kind for each step, and drops the rest without a word. */
const MOST = 10;

/**
 * Workflow commands for GitHub Actions, one line each: an error for every failure, the worst first. `placeOf` says where; null: the
 * failure has no place in the workspace and is shown without one.
 */
export function annotations(failures: readonly Failure[], placeOf: (failure: Failure) => Place | null): string[] {
  const lines = failures.map((failure) => annotation(failure, placeOf(failure)));
  if (lines.length <= MOST) return lines;
  const rest = lines.length - (MOST - 1);
  return [...lines.slice(0, MOST - 1), `::error title=hachaos::${data(`and ${rest} failures more: see the summary and the report`)}`];
}

function annotation(failure: Failure, place: Place | null): string {
  const where = place === null ? "" : `file=${property(place.file)},line=${place.line},`;
  const title = `${failure.where} ${VERDICT_WORDS[failure.verdict].word}`;
  const findings = failure.findings.map((finding) => `${finding.what}: ${finding.text}`);
  const message = [...findings, failure.numbers, failure.evidence, `hint: ${failure.hint}`].filter((part) => part !== null).join("\n");
  return `::error ${where}title=${property(title)}::${data(message)}`;
}

/** As @actions/core escapes a command's message, and other control characters made visible. */
function data(text: string): string {
  return text
    .replace(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]+/g, "\u{FFFD}")
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

/** The same for its properties, where colon and comma separate too. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
