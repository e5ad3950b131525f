import type { ProbeOutcome } from "../../history/event.js";
import { milliseconds } from "../format/milliseconds.js";
import type { Terminal } from "../terminal/terminal.js";
import { runTime } from "./event-line.js";
import { EMPTY_PANE, gapUs, STRIP_LENGTH, type PaneState } from "./pane-state.js";
import type { RunState } from "./run-state.js";

type Look = Pick<Terminal, "style" | "columns">;

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

/** Of a lab that has one line only: whether it is dark now. */
const SHORT_STRIP = 10;

/** The pane of a run: of its one lab, or of several a line each. */
export function renderRun({ several, labs, nowUs }: RunState, look: Look): string[] {
  const [first = { ...EMPTY_PANE, nowUs }] = labs.values();
  if (!several) return renderPane(first, look);
  const width = Math.max(0, ...[...labs.keys()].map((name) => name.length));
  return [rule(look), runTime(nowUs), ...[...labs].map(([name, state]) => labLine(name.padEnd(width), state, look))];
}

/** The pane's lines, none longer than the terminal is wide. */
export function renderPane(state: PaneState, look: Look): string[] {
  const room = roomIn(look);
  const dark = gapUs(state, state.nowUs);
  const gap =
    dark > 0 ? look.style("red", `dark for ${milliseconds(dark / 1000)}`) : `longest gap ${milliseconds(state.longestGapUs / 1000)}`;
  const owner = state.owners.length === 0 ? "nobody" : state.owners.join(" AND ");
  const where = `served by ${state.servedBy ?? "nobody yet"}, ${state.address} on ${owner}`;
  return [
    rule(look),
    `${runTime(state.nowUs)} ${look.style("bold", cut(doing(state), room - 8))}`,
    `probes  ${strip(state, Math.min(STRIP_LENGTH, room - 8), look)}`,
    `        ${gap}`,
    `        ${cut(where, room - 8)}`,
  ];
}

function labLine(name: string, state: PaneState, look: Look): string {
  const room = roomIn(look);
  const head = cut(name, room - SHORT_STRIP - 4);
  const seen = Math.min(SHORT_STRIP, state.probes.length);
  const rest = cut(doing(state), room - head.length - SHORT_STRIP - 4);
  return `${head}  ${" ".repeat(SHORT_STRIP - seen)}${strip(state, seen, look)}  ${rest}`;
}

function doing({ test, phase }: PaneState): string {
  return test === "" ? phase : `${test}: ${phase}`;
}

function strip({ probes }: PaneState, length: number, { style }: Look): string {
  const last = length === 0 ? [] : probes.slice(-length);
  return last.map((outcome) => (outcome === "ok" ? style("green", ".") : style("red", LETTERS[outcome]))).join("");
}

function rule(look: Look): string {
  return look.style("dim", "-".repeat(Math.min(roomIn(look), STRIP_LENGTH + 8)));
}

function roomIn({ columns }: Look): number {
  return Math.max(20, columns() - 1);
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return length < 1 ? "" : `${text.slice(0, length - 1)}…`;
}
