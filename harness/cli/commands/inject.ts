import type { Command } from "commander";
import { parse } from "yaml";
import { FAULTS, faultOf } from "../../fault/registry.js";
import { HachaosError } from "../../kernel/errors.js";
import { activeNow } from "../../run/active-now.js";
import type { JournalEntry } from "../../lab/lab.js";
import { alone, newFault, putInForce } from "../../run/faults-in-force.js";
import { fault } from "../../run/scenario.js";
import { resolveTarget, ROLES } from "../../run/targets.js";
import type { CliContext } from "../cli-context.js";
import { milliseconds } from "../format/milliseconds.js";
import { openLab } from "../pick-lab.js";
import { seconds } from "./arguments.js";

/**
 * Ten times the slowest failover that was measured on the maquette (a silent gateway, about 45 s): time to look around, and a lab that
 * somebody left broken is whole again after a coffee.
 */
const LEASE_S = 600;

export function addInject(program: Command, { terminal }: CliContext): void {
  program
    .command("inject")
    .description("break something in a lab that is up: hachaos inject link-down vm-node1 nic=eth0")
    .argument("<fault>", `what: ${Object.keys(FAULTS).join(", ")}`)
    .argument("[words...]", `where (a node or ${ROLES.join(", ")}; active unless told) and parameters as name=value`)
    .option("--lab <name>", "the lab; may be left out when there is only one")
    .option(
      "--for <time>",
      "after this time it undoes itself, whatever becomes of hachaos: 90s, 10m, 2h (10m unless told)",
      seconds,
      LEASE_S,
    )
    .action(async (kind: string, words: string[], options: { lab?: string; for: number }) => {
      const spec = specOf(kind, words);
      const lab = await openLab(options.lab, { toChange: true });
      const strike = async () => {
        refuseDirty(lab.name, await lab.journal.list());
        const nodes = resolveTarget(lab, faultOf(kind), spec.target, await activeNow(lab, spec.target));
        const names = nodes.map((node) => node.name);
        const entry = newFault(kind, names, spec.params, options.for);
        await lab.journal.add(entry);
        terminal.progress(
          `${entry.id} is in the lab's journal: it undoes itself in ${milliseconds(options.for * 1000)}, hachaos heal does before`,
        );
        const prove = await putInForce(lab, entry, () => undefined);
        for (const seen of await prove()) terminal.result(seen);
      };
      await alone(lab, `inject ${kind}`, strike, (other) => {
        terminal.progress(`waiting for another hachaos: ${other}`);
      });
    });
}

/** What another fault does to a lab that is not whole, nobody could tell. */
export function refuseDirty(lab: string, faults: readonly JournalEntry[]): void {
  const dirty = faults.filter((fault) => fault.dirty !== null).map(({ id, dirty: why }) => `${id}: ${why ?? ""}`);
  if (dirty.length > 0) throw new HachaosError("lab-dirty", `the lab ${lab} is dirty: ${dirty.join("; ")}`);
}

/** What was typed, checked as a suite's test is. Throws `unknown-name` or `usage`. */
export function specOf(kind: string, words: readonly string[]): { target: string; params: Record<string, string | number | boolean> } {
  const targets = words.filter((word) => !word.includes("="));
  if (targets.length > 1)
    throw new HachaosError("usage", `one target, please: ${targets.join(", ")}`, { hint: "parameters are name=value" });
  const params = Object.fromEntries(
    words.filter((word) => word.includes("=")).map((word) => [word.slice(0, word.indexOf("=")), scalar(word.slice(word.indexOf("=") + 1))]),
  );
  const [target] = targets;
  if (target !== undefined && faultOf(kind).targets === "network") {
    throw new HachaosError("usage", `${kind} takes no target: it acts between the nodes`, { hint: `hachaos inject ${kind}` });
  }
  const { fault: spec } = fault("inject", kind, { params, ...(target !== undefined && { target }) });
  if (spec === null) throw new Error("a fault is no quiet test");
  return spec;
}

/** As in cluster.yaml: 3 is a number, true is a truth value, all else is text. */
function scalar(text: string): string | number | boolean {
  const value: unknown = parse(text);
  return typeof value === "number" || typeof value === "boolean" ? value : text;
}
