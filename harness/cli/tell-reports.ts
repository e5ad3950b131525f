import type { LiveOutcome } from "../live/live-run.js";
import type { Terminal } from "./terminal/terminal.js";

/** Where to find what came of a live session. */
export function tellReports({ run, reports }: LiveOutcome, terminal: Terminal): void {
  if (reports["html"] === undefined) {
    terminal.progress("nothing was broken, so there is no report");
    return;
  }
  terminal.result(`report: ${reports["html"]}`);
  terminal.progress(`hachaos save <folder> ${run.id} makes a suite of what was done; hachaos down removes the lab`);
}
