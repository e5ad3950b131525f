import type { JournalEntry } from "../../lab/lab.js";
import type { LabSummary } from "../../lab/labs.js";

const STATES: Record<LabSummary["state"], string> = {
  stays: "up",
  spare: "spare: hachaos up takes it",
  running: "in a run",
  orphaned: "left over: hachaos down removes it",
};
const DIRTY = "dirty: hachaos heal --all tries again, else hachaos down and up";

/** How a lab stands, and what to do about it. */
export function stateOf({ state, faults }: Pick<LabSummary, "state"> & { faults: readonly JournalEntry[] }): string {
  return isDirty(faults) ? DIRTY : STATES[state];
}

/** An undo could not be proven. */
export function isDirty(faults: readonly JournalEntry[]): boolean {
  return faults.some(({ dirty }) => dirty !== null);
}
