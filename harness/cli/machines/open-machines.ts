import { stat } from "node:fs/promises";
import { join } from "node:path";
import { DEFINITION_FILE, loadDefinition } from "../../cluster/load-definition.js";
import { FAULTS } from "../../fault/registry.js";
import type { Lab } from "../../lab/lab.js";
import { sshProvider } from "../../lab/machines/ssh-provider.js";

/** Whether a lab's name is a suite's folder: machines that are there already have no other name. */
export async function isFolder(name: string): Promise<boolean> {
  return stat(join(name, DEFINITION_FILE)).then(
    () => true,
    () => false,
  );
}

/** Takes hold of the machines that a suite names. `toHeal`: in whatever state they are. */
export async function openMachines(folder: string, { toHeal }: { toHeal: boolean }): Promise<Lab> {
  const definition = await loadDefinition(folder, { faultKinds: Object.keys(FAULTS) });
  return sshProvider.start({ name: definition.name, definition, folder, keep: true, isHealing: toHeal, onStep: () => undefined });
}
