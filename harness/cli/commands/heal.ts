import type { Command } from "commander";
import { HachaosError } from "../../kernel/errors.js";
import { suggestName } from "../../kernel/nearest-name.js";
import type { FaultInForce } from "../../lab/lab.js";
import { takeBack } from "../../run/faults-in-force.js";
import type { CliContext } from "../cli-context.js";
import { openLab } from "../pick-lab.js";
import { faultRow } from "../status/fault-line.js";
import type { Ask, Choice } from "../terminal/ask.js";

export function addHeal(program: Command, { terminal }: CliContext): void {
  program
    .command("heal")
    .description("take faults back and prove that they are gone")
    .argument("[fault]", "its name in the journal (hachaos status) or its kind; may be left out when there is only one")
    .option("--all", "all faults in force")
    .option("--lab <name>", "the lab; may be left out when there is only one")
    .action(async (wanted: string | undefined, options: { all?: true; lab?: string }) => {
      const lab = await openLab(options.lab, { toChange: true, ask: terminal.ask });
      const faults = await chooseFaults(await lab.journal.list(), { wanted, all: options.all ?? false, ask: terminal.ask });
      if (faults.length === 0) terminal.progress("no fault is in force");
      // The last one first: a node must have power before its cable can be proven to be back.
      for (const fault of faults.toReversed()) {
        for (const seen of await takeBack(lab, fault, () => undefined)) terminal.result(seen);
        terminal.progress(`${fault.id} is taken back`);
      }
    });
}

/** Which faults to take back; asks when that is not clear. Throws when the name fits none, or when nobody can be asked. */
export async function chooseFaults(
  faults: readonly FaultInForce[],
  { wanted, all, ask }: { wanted: string | undefined; all: boolean; ask: Ask | null },
): Promise<FaultInForce[]> {
  if (all && wanted !== undefined) throw new HachaosError("usage", "either a fault or --all");
  const ids = faults.map(({ id }) => id);
  const found = wanted === undefined ? [...faults] : faults.filter(({ id, kind }) => id === wanted || kind === wanted);
  if (wanted !== undefined && found.length === 0) {
    throw new HachaosError("unknown-name", `no fault ${wanted} is in force`, { hint: suggestName(wanted, ids) });
  }
  if (all || found.length <= 1) return found;
  if (ask === null) {
    throw new HachaosError("usage", `which one: ${found.map(({ id }) => id).join(", ")}?`, {
      hint: "hachaos heal <name>, or hachaos heal --all",
    });
  }
  const chosen = await ask.choose("Which one?", [...found.map(faultChoice), { value: ALL, label: "all of them" }]);
  return found.filter(({ id }) => chosen === ALL || id === chosen);
}

/** No fault has this name in the journal. */
const ALL = "--all";

function faultChoice(fault: FaultInForce): Choice {
  const [value = "", ...rest] = faultRow(fault, Date.now());
  return { value, hint: rest.join(" ") };
}
