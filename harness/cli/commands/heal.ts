import type { Command } from "commander";
import { FAULTS } from "../../fault/registry.js";
import { HachaosError } from "../../kernel/errors.js";
import { suggestName } from "../../kernel/nearest-name.js";
import type { JournalEntry } from "../../lab/lab.js";
import { alone } from "../../run/faults-in-force.js";
import { healLab } from "../../run/heal-lab.js";
import type { CliContext } from "../cli-context.js";
import { openLab } from "../pick-lab.js";
import { faultRow } from "../status/fault-line.js";
import type { Ask, Choice } from "../terminal/ask.js";
import type { Terminal } from "../terminal/terminal.js";

export function addHeal(program: Command, { terminal }: CliContext): void {
  program
    .command("heal")
    .description("take faults back and prove that they are gone")
    .argument("[fault]", "its name in the journal (hachaos status) or its kind; may be left out when there is only one")
    .option("--all", "all faults in force, and whatever of a fault is found in the lab without being in its journal")
    .option("--lab <name>", "the lab, or the folder of a suite that names machines; may be left out when there is only one lab")
    .action(async (wanted: string | undefined, options: { all?: true; lab?: string }) => {
      const lab = await openLab(options.lab, { toChange: true, ask: terminal.ask, machines: "to heal" });
      const chosen = await chooseFaults(await lab.journal.list(), { wanted, all: options.all ?? false, ask: terminal.ask });
      const heal = async () => {
        // Another hachaos, or its lease, may have taken it back while we waited.
        const there = await lab.journal.list();
        const faults = options.all ? there : there.filter(({ id }) => chosen.some((fault) => fault.id === id));
        if (faults.length === 0) terminal.progress(`no fault ${wanted ?? ""} is in force`.replace("  ", " "));
        await healLab(lab, faults, { traces: options.all ?? false }, { healed: (name, evidence) => told(terminal, name, evidence) });
      };
      await alone(lab, ["heal", wanted ?? (options.all ? "--all" : "")].join(" ").trim(), heal, (other) => {
        terminal.progress(`waiting for another hachaos: ${other}`);
      });
    });
}

function told(terminal: Terminal, name: string, evidence: readonly string[]): void {
  for (const line of evidence) terminal.result(line);
  terminal.progress(`${name} is taken back`);
}

/**
 * Which faults to take back, none when the one meant has been taken back already; asks when that is not clear. Throws when the name fits
 * none, or when nobody can be asked.
 */
export async function chooseFaults(
  faults: readonly JournalEntry[],
  { wanted, all, ask }: { wanted: string | undefined; all: boolean; ask: Ask | null },
): Promise<JournalEntry[]> {
  if (all && wanted !== undefined) throw new HachaosError("usage", "either a fault or --all");
  const ids = faults.map(({ id }) => id);
  const found = wanted === undefined ? [...faults] : faults.filter(({ id, kind }) => id === wanted || kind === wanted);
  if (wanted !== undefined && found.length === 0 && !couldHaveBeen(wanted)) {
    throw new HachaosError("unknown-name", `no fault ${wanted} is in force`, {
      hint: suggestName(wanted, [...ids, ...Object.keys(FAULTS)]),
    });
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

function faultChoice(fault: JournalEntry): Choice {
  const [value = "", ...rest] = faultRow(fault);
  return { value, hint: rest.join(" ") };
}

/** The name of a fault that is not in the journal any more: its lease was over, or somebody else took it back. */
function couldHaveBeen(name: string): boolean {
  return name.replace(/-[0-9a-f]{4}$/, "") in FAULTS;
}
