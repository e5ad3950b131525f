import { isFenced } from "../cluster/fencing.js";
import type { PhaseName } from "../cluster/phase-names.js";
import { formatDuration } from "../cluster/duration.js";
import type { Mark } from "./mark.js";
import { actionBegun, addressUp, allStopped, answered, hasPower, neighbourLearned, serviceStarted } from "./move-marks.js";
import { fencingDone, firstNotice, memberChange } from "./notice-marks.js";
import { hasMoved, type Scene } from "./scene.js";
import { SOURCE_ERROR_US } from "./source-errors.js";

/** What ends a phase, or what is missing to say so. */
export interface Step {
  phase: PhaseName;
  mark: Mark | null;
  missing: string;
}

/** The steps after a fault, in the order of the phases. */
export function faultSteps(scene: Scene): Step[] {
  return [
    { phase: "fault", mark: inEffect(scene), missing: "the fault was not proven" },
    {
      phase: "detection",
      mark: firstNotice(scene),
      missing: "no failed monitor, no change of the ping attribute, no lost token, no other leg of a bond was seen",
    },
    { phase: "membership", mark: memberChange(scene, false), missing: "no member left" },
    ...fencingSteps(scene),
    ...moveSteps(scene),
    { phase: "settle", mark: settled(scene), missing: "the service did not answer steadily while watched" },
  ];
}

/** The steps after healing, in the order of the phases. */
export function failbackSteps(scene: Scene): Step[] {
  return [
    { phase: "heal", mark: healed(scene), missing: "the healing was not proven" },
    { phase: "membership", mark: memberChange(scene, true), missing: "no member came" },
    ...moveSteps(scene),
    { phase: "settle", mark: normalAgain(scene), missing: "the cluster was not seen normal again" },
  ];
}

/** A cluster that does not fence has no such phase; one that does may have had nobody to fence. */
function fencingSteps(scene: Scene): Step[] {
  const { definition } = scene.trial;
  if (definition === null || !isFenced(definition)) return [];
  return [{ phase: "fencing", mark: fencingDone(scene), missing: "no node was seen to be fenced" }];
}

function moveSteps(scene: Scene): Step[] {
  const moved = hasMoved(scene);
  const dark = (scene.gap?.spells.length ?? 0) > 0;
  // A clone or a neighbour may be stopped or started meanwhile; where clients noticed nothing there is nothing to explain.
  const isMove = moved || dark;
  const step = (phase: PhaseName, mark: (of: Scene) => Mark | null, missing: string): Step =>
    isMove ? { phase, mark: mark(scene), missing } : { phase, mark: null, missing: "the service did not move and was never dark" };
  const stays = (missing: string) => (moved ? missing : "the address did not move");
  return [
    step("decision", actionBegun, "no stop or start of the service was seen"),
    step("stop", allStopped, whyNoStop(scene)),
    step("vip up", addressUp, stays(`the address was not seen to come up on ${scene.to ?? "any node"}`)),
    step("arp", neighbourLearned, stays(whyNoNeighbour(scene))),
    step("service start", serviceStarted, "no start of the service was seen to succeed"),
    step("first answer", answered, dark ? "the service did not come back while watched" : "no good answer came"),
  ];
}

/** Proven, or the first request that failed before the proof was read: what clients feel is in effect. */
function inEffect({ trial, window, gap }: Scene): Mark | null {
  const { proven } = trial.marks;
  if (proven === null) return null;
  const errorUs = proven.atUs - window.fromUs;
  const mark: Mark = { source: "run", atUs: proven.atUs, errorUs, node: null, text: `proven: ${proven.evidence.join("; ")}` };
  const spell = gap?.spells[0];
  if (spell === undefined || spell.darkByUs >= proven.atUs) return mark;
  const atUs = Math.max(window.fromUs, spell.darkByUs);
  const later = formatDuration(Math.round((proven.atUs - atUs) / 1000));
  const text = `first request failed: ${spell.firstFailure.outcome}; ${later} later ${mark.text}`;
  return { source: "probe", atUs, errorUs: atUs - window.fromUs, node: null, text };
}

function healed({ trial, window }: Scene): Mark | null {
  const event = trial.marks.healed;
  if (event === null) return null;
  return { source: "run", atUs: event.atUs, errorUs: event.atUs - window.fromUs, node: null, text: `proven: ${event.evidence.join("; ")}` };
}

function settled({ trial }: Scene): Mark | null {
  const { observed } = trial.marks;
  if (observed?.settled !== true) return null;
  return { source: "run", atUs: observed.atUs, errorUs: SOURCE_ERROR_US.conductor, node: null, text: observed.lastSeen };
}

function normalAgain({ trial }: Scene): Mark | null {
  const { gate } = trial.marks;
  if (gate?.passed !== true) return null;
  return { source: "run", atUs: gate.atUs, errorUs: SOURCE_ERROR_US.gate, node: null, text: "everything is normal again" };
}

function whyNoStop(scene: Scene): string {
  const { from } = scene;
  if (from !== null && !hasPower(scene, from)) return `${from} had no power: nothing was left to stop`;
  return "no stop of the service was seen to succeed";
}

function whyNoNeighbour({ trial, to }: Scene): string {
  const watched = trial.events.some((event) => event.type === "neighbour");
  return watched ? `the client was not seen to learn the address of ${to ?? "any node"}` : "the client's neighbour table was not watched";
}
