import { formatDuration } from "../cluster/duration.js";
import type { PhaseName } from "../cluster/phase-names.js";
import type { Mark } from "./mark.js";
import type { Step } from "./steps.js";

/** A phase with its place on the run's axis, microseconds; null times: not observed. */
export interface LaidPhase {
  name: PhaseName;
  startUs: number | null;
  endUs: number | null;
  /** What ended the phase before. */
  starts: Mark | null;
  /** The step's own evidence; where it came out of turn, its time is not the phase's end, and `evidence` says so. */
  ends: Mark | null;
  evidence: string;
}

/**
 * Lays the steps out as phases that follow one another without holes, whatever the marks say:
 * - A phase begins where the last observed one ended. A step that was not observed leaves its time to the next.
 * - The first phase ends when the fault (or the healing) is proven, or at the first sign that the cluster acts on it, for that proves it too.
 * - A step whose mark is older than its phase's beginning went on beside an earlier one: its phase has no length.
 * - The first answer proves every step before it: a step seen later than that (an agent that looks once a second) ends with it.
 */
export function layPhases(steps: readonly Step[], begin: Mark): LaidPhase[] {
  const answer = steps.find((step) => step.phase === "first answer");
  const answerUs = answer?.mark?.atUs ?? Infinity;
  const answerAt = answer === undefined ? -1 : steps.indexOf(answer);
  let [startUs, starts] = [begin.atUs, begin];
  return steps.map(({ phase, mark, missing }, index) => {
    if (mark === null) return { name: phase, startUs: null, endUs: null, starts: null, ends: null, evidence: missing };
    const sign = index === 0 ? firstSign(steps) : null;
    const capUs = Math.min(index < answerAt ? answerUs : Infinity, sign?.atUs ?? Infinity);
    const endUs = Math.max(startUs, Math.min(mark.atUs, capUs));
    const laid = { name: phase, startUs, endUs, starts, ends: mark, evidence: mark.text + outOfTurn(mark, startUs, endUs) };
    // A step that took no time of its own begins nothing: what ended the phase before still does.
    if (endUs > startUs) starts = mark.atUs === endUs ? mark : ((sign?.atUs === endUs ? sign : answer?.mark) ?? mark);
    startUs = endUs;
    return laid;
  });
}

/** The first of the later steps: a cluster that acts has felt the fault. */
function firstSign(steps: readonly Step[]): Mark | null {
  const marks = steps.slice(1).flatMap(({ mark }) => (mark === null ? [] : [mark]));
  return marks.reduce<Mark | null>((best, mark) => (best === null || mark.atUs < best.atUs ? mark : best), null);
}

function outOfTurn(mark: Mark, startUs: number, endUs: number): string {
  const apart = (us: number) => formatDuration(Math.round(us / 1000));
  if (mark.atUs < startUs) return ` (done ${apart(startUs - mark.atUs)} before, while an earlier phase went on)`;
  return mark.atUs > endUs ? ` (seen ${apart(mark.atUs - endUs)} after the phase was over: a later step had proven it)` : "";
}
