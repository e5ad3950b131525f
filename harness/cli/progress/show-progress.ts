import type { HistoryEvent } from "../../history/event.js";
import type { Terminal } from "../terminal/terminal.js";
import { renderRun } from "./render-pane.js";
import { EMPTY_RUN, runAfter, runLine } from "./run-state.js";

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
  return terminal.live ? livePane(terminal, nowMs) : plainLines(terminal);
}

function plainLines(terminal: Terminal): Progress {
  let state = EMPTY_RUN;
  return {
    onEvent: (event) => {
      const line = runLine(state, event);
      state = runAfter(state, event);
      if (line !== null) terminal.progress(line);
    },
    say: terminal.progress,
    end: () => undefined,
  };
}

function livePane(terminal: Terminal, nowMs: () => number): Progress {
  let state = EMPTY_RUN;
  let height = 0;
  let drawnAt = -Infinity;
  const erase = (): void => {
    // Up to the pane's first line, then clear to the end of the screen (ECMA-48: CUU, ED).
    if (height > 0) terminal.writeProgress(`\u001b[${height}F\u001b[J`);
    height = 0;
  };
  const draw = (): void => {
    const lines = renderRun(state, terminal);
    terminal.writeProgress(`${lines.join("\n")}\n`);
    height = lines.length;
    drawnAt = nowMs();
  };
  const say = (line: string): void => {
    erase();
    terminal.progress(line);
    draw();
  };
  return {
    onEvent: (event) => {
      const line = runLine(state, event);
      state = runAfter(state, event);
      if (line !== null) say(line);
      else if (nowMs() - drawnAt >= REDRAW_MS) {
        erase();
        draw();
      }
    },
    say,
    end: erase,
  };
}
