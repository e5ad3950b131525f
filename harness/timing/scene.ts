import { movingResources } from "../cluster/resources.js";
import type { HistoryEvent } from "../history/event.js";
import { servingsIn } from "../history/views/serving.js";
import type { Trial } from "../history/views/trial.js";
import { failbackWindow, faultWindow, type Window } from "../history/views/windows.js";
import { failbackGapOf, faultGapOf, type Gap } from "./gap.js";
import { lineTime, type LineTime } from "./log-time.js";
import { linesTelling, type LogMatch } from "./log-patterns.js";
import { clockErrorUs } from "./source-errors.js";

/** A line that tells something, placed on the run's axis by its own stamp. */
export type TimedLine = Omit<LogMatch, "line"> & LineTime & { node: string; text: string };

/** One move of the service, there or back, with all that was seen of it. */
export interface Scene {
  trial: Trial;
  window: Window;
  gap: Gap | null;
  /** Who served before it, and who does at its end; the same when nothing moved. Null: nobody. */
  from: string | null;
  to: string | null;
  /** What moves with the service, by resource id. */
  moving: string[];
  /** Events within the window, without probes. */
  events: HistoryEvent[];
  /** What the logs tell, written within the window. */
  lines: TimedLine[];
}

/** What followed the fault; null when nothing was injected. */
export function faultScene(trial: Trial): Scene | null {
  const window = faultWindow(trial);
  return window === null ? null : sceneOf(trial, window, faultGapOf(trial), trial.servedBefore, trial.servedAfter);
}

/** What followed the healing; null when nothing was healed. */
export function failbackScene(trial: Trial): Scene | null {
  const window = failbackWindow(trial);
  if (window === null) return null;
  return sceneOf(trial, window, failbackGapOf(trial), trial.servedAfter, servingsIn(trial, window).at(-1)?.node ?? null);
}

export function hasMoved({ from, to }: Scene): boolean {
  return to !== null && to !== from;
}

function sceneOf(trial: Trial, window: Window, gap: Gap | null, from: string | null, to: string | null): Scene {
  const { definition, wallClock } = trial;
  const isInside = (atUs: number) => atUs > window.fromUs && atUs <= window.toUs;
  const after = trial.events.filter((event) => event.atUs > window.fromUs);
  const lines = linesTelling(after, trial.events.findLast((event) => event.type === "lab-ready")?.versions ?? {});
  return {
    trial,
    window,
    gap,
    from,
    to,
    moving: definition === null ? [] : movingResources(definition),
    events: after.filter((event) => isInside(event.atUs)),
    lines: lines
      .map(({ line, told, groups }) => ({
        told,
        groups,
        node: line.node,
        text: line.text,
        ...lineTime(wallClock, line, clockErrorUs(trial.events, line.node)),
      }))
      .filter((line) => isInside(line.atUs))
      .sort((a, b) => a.atUs - b.atUs),
  };
}
