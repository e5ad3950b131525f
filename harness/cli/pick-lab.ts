import { attachLab } from "../lab/containers/attach-lab.js";
import { HachaosError } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import { findEngine } from "../lab/engine.js";
import type { Lab } from "../lab/lab.js";
import { listLabs, type LabSummary } from "../lab/labs.js";
import { isFolder, openMachines } from "./machines/open-machines.js";
import type { Ask } from "./terminal/ask.js";

/**
 * The lab that is meant: the one named, else the only one there is, else the one that is chosen on the terminal; null when there is none.
 * Spares are nobody's yet, so they only count when they are named. Throws when the choice is not clear and nobody can be asked.
 */
export async function pickLab<L extends Pick<LabSummary, "name" | "state">>(
  labs: readonly L[],
  name: string | undefined,
  { ask, hint }: { ask: Ask | null; hint: string },
): Promise<L | null> {
  const meant = labs.filter(({ state }) => name !== undefined || state !== "spare");
  const names = meant.map((lab) => lab.name);
  if (name === undefined && meant.length <= 1) return meant[0] ?? null;
  if (name === undefined && ask === null) throw new HachaosError("usage", `which one: ${names.join(", ")}?`, { hint });
  const wanted =
    name ??
    (await ask?.choose(
      "Which lab?",
      names.map((value) => ({ value })),
    ));
  const named = meant.find((lab) => lab.name === wanted);
  if (named) return named;
  throw new HachaosError("lab-not-found", `no lab is called ${wanted ?? ""}: ${suggestName(wanted ?? "", names)}`);
}

export interface OpenLab {
  toChange: boolean;
  ask: Ask | null;
  /** What it is for, where a suite's folder may be named as well, for the machines that it names. */
  machines?: "to break" | "to heal";
}

/**
 * Takes hold of a lab that is up, or of the machines of a suite. With `toChange`, not of a lab that belongs to a run: that has its own plans
 * for it.
 */
export async function openLab(name: string | undefined, { toChange, ask, machines }: OpenLab): Promise<Lab> {
  if (name !== undefined && machines !== undefined && (await isFolder(name))) {
    return openMachines(name, { toHeal: machines === "to heal" });
  }
  const labs = await listLabs(await findEngine());
  const lab = await pickLab(labs, name, { ask, hint: "hachaos status shows them; --lab <name> takes one" });
  if (lab === null) throw new HachaosError("lab-not-found", "no lab is up", { hint: "hachaos up builds one" });
  if (toChange && lab.state === "running") {
    throw new HachaosError("lab-exists", `the lab ${lab.name} belongs to a run that still goes on (process ${String(lab.ownerPid)})`, {
      hint: "wait for it or end it; hachaos up builds a lab of your own",
    });
  }
  if (toChange && lab.state === "spare") {
    throw new HachaosError("lab-exists", `the lab ${lab.name} is a spare`, { hint: "hachaos up takes it, then it is yours" });
  }
  return attachLab(lab.name);
}
