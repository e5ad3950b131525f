import { containersProvider } from "../lab/containers/containers-provider.js";
import { HachaosError } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import { connectEngine } from "../lab/engine.js";
import type { Lab } from "../lab/lab.js";
import { listLabs, type LabSummary } from "../lab/labs.js";

/** The lab that is meant: the one named, else the only one there is; null when there is none. Throws when the choice is not clear. */
export function pickLab<L extends Pick<LabSummary, "name">>(labs: readonly L[], name: string | undefined, hint: string): L | null {
  const names = labs.map((lab) => lab.name);
  if (name === undefined) {
    if (labs.length > 1) throw new HachaosError("usage", `which one: ${names.join(", ")}?`, { hint });
    return labs[0] ?? null;
  }
  const named = labs.find((lab) => lab.name === name);
  if (named) return named;
  throw new HachaosError("lab-not-found", `no lab is called ${name}: ${suggestName(name, names)}`);
}

/** Takes hold of a lab that is up. With `toChange`, not of one that belongs to a run: that has its own plans for it. */
export async function openLab(name: string | undefined, { toChange }: { toChange: boolean }): Promise<Lab> {
  const lab = pickLab(await listLabs(await connectEngine()), name, "hachaos status shows them; --lab <name> takes one");
  if (lab === null) throw new HachaosError("lab-not-found", "no lab is up", { hint: "hachaos up builds one" });
  if (toChange && lab.state === "running") {
    throw new HachaosError("lab-exists", `the lab ${lab.name} belongs to a run that still goes on (process ${String(lab.ownerPid)})`, {
      hint: "wait for it or end it; hachaos up builds a lab of your own",
    });
  }
  return containersProvider.attach(lab.name);
}
