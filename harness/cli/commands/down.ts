import type { Command } from "commander";
import { HachaosError } from "../../kernel/errors.js";
import { findEngine } from "../../lab/engine.js";
import { removeStaleWorkFolders } from "../../kernel/work-folder.js";
import { isSpare, listLabs, removeLabs, type LabSummary } from "../../lab/labs.js";
import type { CliContext } from "../cli-context.js";
import { pickLab } from "../pick-lab.js";
import type { Ask } from "../terminal/ask.js";

export function addDown(program: Command, { terminal }: CliContext): void {
  program
    .command("down")
    .description("remove labs with everything in them")
    .argument("[name...]", "the labs; may be left out when there is only one")
    .option("--spare", "remove the spares")
    .option("--all", "remove all labs, also spares and those of runs that are still going or were killed")
    .action(async (names: string[], { all = false, spare = false }: { all?: boolean; spare?: boolean }) => {
      const engine = await findEngine();
      const labs = await listLabs(engine);
      const which = await chooseLabs(labs, { names, all, spare, ask: terminal.ask });
      const removed = which === "all" || which.length > 0 ? await removeLabs(engine, which === "all" ? {} : { names: which }) : [];
      if (all) await removeStaleWorkFolders();
      for (const lab of removed) terminal.result(`removed ${lab}`);
      if (removed.length > 0) return;
      terminal.progress(spare ? "no spare is there: nothing to remove" : "no lab is up: nothing to remove");
      const left = labs.filter(isSpare).length;
      if (left > 0) terminal.progress(`spares: ${left}; hachaos down --spare removes them`);
    });
}

interface Choice {
  names: readonly string[];
  all: boolean;
  spare: boolean;
  ask: Ask | null;
}

/** Which labs to remove, by name. Throws when a name fits none or the choice is not clear. */
export async function chooseLabs(
  labs: readonly Pick<LabSummary, "name" | "state" | "spare">[],
  { names, all, spare, ask }: Choice,
): Promise<string[] | "all"> {
  const told = [...(names.length > 0 ? ["the names of labs"] : []), ...(spare ? ["--spare"] : []), ...(all ? ["--all"] : [])];
  if (told.length > 1) throw new HachaosError("usage", `either ${told.join(" or ")}`);
  if (all) return "all";
  if (spare) return labs.filter(isSpare).map(({ name }) => name);
  const hint = "hachaos down <name>, or hachaos down --all";
  const wanted = names.length === 0 ? [undefined] : names;
  const picked = await Promise.all(wanted.map((name) => pickLab(labs, name, { ask, hint })));
  return picked.flatMap((lab) => lab?.name ?? []);
}
