import type { Command } from "commander";
import { HachaosError } from "../../kernel/errors.js";
import { findEngine } from "../../lab/engine.js";
import { removeStaleWorkFolders } from "../../kernel/work-folder.js";
import { listLabs, removeLabs, type LabSummary } from "../../lab/labs.js";
import type { CliContext } from "../cli-context.js";
import { pickLab } from "../pick-lab.js";
import type { Ask } from "../terminal/ask.js";

export function addDown(program: Command, { terminal }: CliContext): void {
  program
    .command("down")
    .description("remove a lab with everything in it")
    .argument("[name]", "the lab; may be left out when there is only one")
    .option("--all", "remove all labs, also those of runs that are still going or were killed")
    .action(async (name: string | undefined, { all }: { all?: true }) => {
      const engine = await findEngine();
      const which = await chooseLab(await listLabs(engine), { name, all: all ?? false, ask: terminal.ask });
      const removed = which === null ? [] : await removeLabs(engine, which);
      if (all) await removeStaleWorkFolders();
      for (const lab of removed) terminal.result(`removed ${lab}`);
      if (removed.length === 0) terminal.progress("no lab is up: nothing to remove");
    });
}

/** Which labs to remove; null when there are none. Throws when the name fits none or the choice is not clear. */
export async function chooseLab(
  labs: readonly Pick<LabSummary, "name">[],
  { name, all, ask }: { name: string | undefined; all: boolean; ask: Ask | null },
): Promise<{ name?: string } | null> {
  if (all && name !== undefined) throw new HachaosError("usage", "either the name of a lab or --all");
  if (all) return {};
  const lab = await pickLab(labs, name, { ask, hint: "hachaos down <name>, or hachaos down --all" });
  return lab === null ? null : { name: lab.name };
}
