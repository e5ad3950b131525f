import { randomBytes } from "node:crypto";
import { basename, resolve } from "node:path";
import { loadDefinition } from "../../cluster/load-definition.js";
import { FAULTS } from "../../fault/registry.js";
import { HachaosError } from "../../kernel/errors.js";
import type { LabRequest } from "../../lab/provider.js";

/** A lab that is asked for. */
export type WantedLab = Pick<LabRequest, "name" | "definition" | "folder">;

export interface WantedAs {
  name?: string;
  /** Debian release of the nodes, instead of the definition's own. */
  release?: string;
}

/** Reads the suites. All mistakes are found before anything is built. */
export async function wantedLabs(suites: readonly string[], { name, release }: WantedAs): Promise<WantedLab[]> {
  if (name !== undefined && suites.length > 1) {
    throw new HachaosError("usage", "--name is for one lab", { hint: "several labs are called as their suites are" });
  }
  const labs = await Promise.all(
    suites.map(async (folder) => ({
      name: labName(name ?? basename(resolve(folder))),
      definition: await loadDefinition(folder, { faultKinds: Object.keys(FAULTS), ...(release !== undefined && { release }) }),
      folder,
    })),
  );
  const names = labs.map((lab) => lab.name);
  const twice = names.find((candidate, at) => names.indexOf(candidate) !== at);
  if (twice === undefined) return labs;
  throw new HachaosError("usage", `two labs would be called ${twice}`, { hint: "hachaos up <suite> --name <name>, one after the other" });
}

/** Lab names become container names (docker's rule: [a-zA-Z0-9][a-zA-Z0-9_.-]*), kept short and in lower case. */
export function labName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,30}$/.test(text)) return text;
  throw new HachaosError("usage", `${JSON.stringify(text)} cannot be a lab's name`, {
    hint: "--name with small letters, digits and hyphens, at most 31",
  });
}

/** Drawn, not counted: whoever else makes spares at this moment must not come to the same name. */
export function spareName(name: string): string {
  const end = `-${randomBytes(2).toString("hex")}`;
  return labName(`${name.slice(0, 31 - end.length)}${end}`);
}
