import type { HistoryEvent } from "../../history/event.js";
import type { Terminal } from "../terminal/terminal.js";
import { eventLine } from "./event-line.js";
import { EMPTY_PANE, paneAfter } from "./pane-state.js";
import { renderPane } from "./render-pane.js";

/** Redrawing ten times a second looks live and costs next to nothing. */
const REDRAW_MS = 100;

export interface Progress {
  onEvent(event: HistoryEvent): void;
  /** Tells a line that is no event. */
  say(line: string): void;
  /** Takes the pane away; what was told in lines stays. */
  end(): void;
}

/** Tells a run's events: plain lines, and on a terminal a pane below them that is drawn over. */
export function showProgress(terminal: Terminal, nowMs: () => number = () => performance.now()): Progress {
  if (terminal.live) return livePane(terminal, nowMs);
  return { onEvent: (event) => tell(terminal, event), say: terminal.progress, end: () => undefined };
}

function tell(terminal: Terminal, event: HistoryEvent): void {
  const line = eventLine(event);
  if (line !== null) terminal.progress(line);
}

function livePane(terminal: Terminal, nowMs: () => number): Progress {
  let state = EMPTY_PANE;
  let height = 0;
  let drawnAt = -Infinity;
  const erase = (): void => {
    // Up to the pane's first line, then clear to the end of the screen (ECMA-48: CUU, ED).
    if (height > 0) terminal.writeProgress(`\u001b[${height}F\u001b[J`);
    height = 0;
  };
  const draw = (): void => {
    const lines = renderPane(state, terminal);
    terminal.writeProgress(`${lines.join("\n")}\n`);
    height = lines.length;
    drawnAt = nowMs();
  };
  return {
    onEvent: (event) => {
      state = paneAfter(state, event);
      const told = eventLine(event) !== null;
      if (!told && nowMs() - drawnAt < REDRAW_MS) return;
      erase();
      tell(terminal, event);
      draw();
    },
    say: (line) => {
      erase();
      terminal.progress(line);
      draw();
    },
    end: erase,
  };
}
