import { dirname } from "node:path";
import type { ClusterDefinition } from "../../cluster/definition.js";
import { HachaosError } from "../../kernel/errors.js";
import type { Host, LabFacts } from "../lab.js";
import type { VmSetup } from "../vm/vm-setup.js";

/** What a lab is, kept in the lab itself: whoever finds it needs nothing else. */
export interface LabNote {
  name: string;
  provider: string;
  definition: ClusterDefinition;
  facts: LabFacts;
  /** Containers by host name. */
  containers: Record<string, string>;
  setup: VmSetup | null;
}

/** In the fabric. */
export const NOTE_AT = "/var/lib/hachaos/lab.json";
/** The same as known once it is wired, for its BMCs: a cluster asks them before it is finished. */
export const LAB_BEGUN_AT = "/var/lib/hachaos/lab-begun.json";
/** Beside it once somebody has taken a lab that was made as a spare. */
export const TAKEN_AT = "/var/lib/hachaos/taken";

/** Written once all of the lab is there, so that a lab without a note was never finished. */
export async function writeLabNote(fabric: Host, note: LabNote, noteAt = NOTE_AT): Promise<void> {
  await fabric.exec(["mkdir", "--parents", dirname(noteAt)]);
  // Written beside and moved: the keeper reads it as soon as it is there.
  await fabric.exec(["tee", `${noteAt}.new`], { stdin: JSON.stringify(note) });
  await fabric.exec(["mv", `${noteAt}.new`, noteAt]);
}

export async function readLabNote(fabric: Host, lab: string): Promise<LabNote> {
  const { exitCode, stdout } = await fabric.exec(["cat", NOTE_AT], { allow: "any" });
  if (exitCode === 0) return JSON.parse(stdout) as LabNote;
  throw new HachaosError("lab-not-ready", `the lab ${lab} was never finished`, { hint: `hachaos down ${lab}, then hachaos up` });
}

/** Takes a spare: link(2) gives it to one caller only, and to none before the note is there. */
export async function noteTaken(fabric: Host): Promise<boolean> {
  const { exitCode } = await fabric.exec(["ln", NOTE_AT, TAKEN_AT], { allow: "any" });
  return exitCode === 0;
}
