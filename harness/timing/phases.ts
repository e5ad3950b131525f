import { failbackFloorsFor, floorsFor, type Floor, type Floors } from "../cluster/floors.js";
import type { PhaseName } from "../cluster/phase-names.js";
import type { Trial } from "../history/views/trial.js";
import { darkUsIn } from "./dark-time.js";
import { layPhases } from "./lay-phases.js";
import type { Mark, MarkSource } from "./mark.js";
import { failbackScene, faultScene, type Scene } from "./scene.js";
import { failbackSteps, faultSteps, type Step } from "./steps.js";

/** A mark as results.json has it: ms of the run. */
export interface PhaseMark {
  source: MarkSource;
  atMs: number;
  errorMs: number;
  node: string | null;
  text: string;
}

/** A phase with what it was, what it cost clients, and what the configuration alone makes it take. Null times: not observed. */
export interface Phase {
  name: PhaseName;
  startMs: number | null;
  endMs: number | null;
  evidence: string;
  starts: PhaseMark | null;
  ends: PhaseMark | null;
  darkMs: number;
  floor: Floor | null;
  excessMs: number | null;
}

/** Where the time of a failover went, from the injection until the service was steady. Empty: nothing was injected. */
export function phasesOf(trial: Trial): Phase[] {
  const scene = faultScene(trial);
  if (scene === null) return [];
  const floors = trial.definition === null ? {} : floorsFor(trial.definition, trial.started.fault);
  return phasesIn(scene, faultSteps(scene), floors, "injecting the fault began");
}

/** The same for the way back, from the beginning of healing until everything is normal. Empty: nothing was healed. */
export function failbackPhasesOf(trial: Trial): Phase[] {
  const scene = failbackScene(trial);
  if (scene === null) return [];
  const floors = trial.definition === null ? {} : failbackFloorsFor(trial.definition, trial.started.fault);
  return phasesIn(scene, failbackSteps(scene), floors, "healing began");
}

function phasesIn(scene: Scene, steps: Step[], floors: Floors, begun: string): Phase[] {
  const { window, gap } = scene;
  const begin: Mark = { source: "run", atUs: window.fromUs, errorUs: 0, node: null, text: begun };
  const laid = layPhases(steps, begin);
  const first = laid.find((phase) => phase.startUs !== null);
  return laid.map((phase) => {
    const { name, startUs, endUs, starts, ends, evidence } = phase;
    // A dark time counts from the last good answer, which may have been asked for before the window began: the first phase has that part.
    const darkFromUs = phase === first ? -Infinity : startUs;
    const floor = floors[name] ?? null;
    const tookMs = startUs === null || endUs === null ? null : (endUs - startUs) / 1000;
    return {
      name,
      startMs: startUs === null ? null : startUs / 1000,
      endMs: endUs === null ? null : endUs / 1000,
      evidence,
      starts: inMs(starts),
      ends: inMs(ends),
      darkMs: darkFromUs === null || endUs === null ? 0 : darkUsIn(gap, window, { fromUs: darkFromUs, toUs: endUs }) / 1000,
      floor,
      excessMs: floor === null || tookMs === null ? null : Math.max(0, tookMs - floor.mostMs),
    };
  });
}

function inMs(mark: Mark | null): PhaseMark | null {
  return mark === null
    ? null
    : { source: mark.source, atMs: mark.atUs / 1000, errorMs: mark.errorUs / 1000, node: mark.node, text: mark.text };
}
