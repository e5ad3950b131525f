import type { ProbeOutcome } from "../../history/event.js";
import { milliseconds } from "../format/milliseconds.js";
import type { Terminal } from "../terminal/terminal.js";
import { runTime } from "./event-line.js";
import { gapUs, STRIP_LENGTH, type PaneState } from "./pane-state.js";

/** One letter per outcome, so that the strip also speaks without colour. */
export const LETTERS: Record<ProbeOutcome, string> = {
  ok: ".",
  refused: "R",
  timeout: "T",
  reset: "X",
  unreachable: "U",
  "wrong-status": "S",
  "wrong-page": "P",
};

/** The pane's lines, none longer than the terminal is wide. */
export function renderPane(state: PaneState, { style, columns }: Pick<Terminal, "style" | "columns">): string[] {
  const room = Math.max(20, columns() - 1);
  const strip = state.probes.slice(-Math.min(STRIP_LENGTH, room - 8));
  const dark = gapUs(state, state.nowUs);
  const gap = dark > 0 ? style("red", `dark for ${milliseconds(dark / 1000)}`) : `longest gap ${milliseconds(state.longestGapUs / 1000)}`;
  const owner = state.owners.length === 0 ? "nobody" : state.owners.join(" AND ");
  const where = `served by ${state.servedBy ?? "nobody yet"}, ${state.address} on ${owner}`;
  return [
    style("dim", "-".repeat(Math.min(room, STRIP_LENGTH + 8))),
    `${runTime(state.nowUs)} ${style("bold", cut(`${state.test === "" ? "" : `${state.test}: `}${state.phase}`, room - 8))}`,
    `probes  ${strip.map((outcome) => (outcome === "ok" ? style("green", ".") : style("red", LETTERS[outcome]))).join("")}`,
    `        ${gap}`,
    `        ${cut(where, room - 8)}`,
  ];
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
