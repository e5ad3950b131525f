import type { Command } from "commander";
import { parse } from "yaml";
import type { ClusterDefinition } from "../../cluster/definition.js";
import type { Params } from "../../fault/fault.js";
import { FAULTS, faultOf } from "../../fault/registry.js";
import type { FaultSpec } from "../../history/event.js";
import { HachaosError } from "../../kernel/errors.js";
import { suggestName } from "../../kernel/nearest-name.js";
import { activeNow } from "../../run/active-now.js";
import { LEASE_S, strike } from "../../run/by-hand.js";
import { UNWATCHED } from "../../run/faults-in-force.js";
import { fault } from "../../run/scenario.js";
import type { Lab } from "../../lab/lab.js";
import { rehearseFault } from "../../run/rehearse-fault.js";
import { resolveTarget, ROLES } from "../../run/targets.js";
import { askFault, checkNames, nicsOf, toldFault } from "../ask-fault.js";
import type { CliContext } from "../cli-context.js";
import { milliseconds } from "../format/milliseconds.js";
import { agree } from "../machines/agree.js";
import { rehearsedLines } from "../machines/machine-lines.js";
import { openLab } from "../pick-lab.js";
import type { Ask } from "../terminal/ask.js";
import type { Terminal } from "../terminal/terminal.js";
import { seconds } from "./arguments.js";

export function addInject(program: Command, { terminal }: CliContext): void {
  program
    .command("inject")
    .description("break something in a lab that is up: hachaos inject link-down vm-node1 nic=eth0; on a terminal it asks for the rest")
    .argument("[fault]", `what: ${Object.keys(FAULTS).join(", ")}`)
    .argument("[words...]", `where (a node or ${ROLES.join(", ")}; active unless told) and parameters as name=value`)
    .option("--lab <name>", "the lab, or the folder of a suite that names machines; may be left out when there is only one lab")
    .option(
      "--for <time>",
      "after this time it undoes itself, whatever becomes of hachaos: 90s, 10m, 2h (10m unless told)",
      seconds,
      LEASE_S,
    )
    .option("-y, --yes", "take the defaults for what is not told, and ask nothing: not even whether machines of yours may be broken")
    .action(async (typed: string | undefined, words: string[], options: { lab?: string; for: number; yes?: true }) => {
      const ask = options.yes ? null : terminal.ask;
      checkTyped(typed, words, ask);
      const lab = await openLab(options.lab, { toChange: true, ask, machines: "to break" });
      const { kind, words: all } = ask === null ? toldFault(typed, words) : await askFault(ask, lab.definition, { kind: typed, words });
      const spec = specOf(kind, all);
      if (typed === undefined || all.length > words.length)
        terminal.progress(`without questions: hachaos inject ${[kind, ...all].join(" ")}`);
      checkNic(spec.params, lab.definition);
      if (lab.definition.machines !== undefined && lab.foreignGateway) await agreeTo(lab, spec, options.yes ?? false, terminal);
      await strike(lab, {
        spec,
        leaseS: options.for,
        active: () => activeNow(lab, spec.target),
        witness({ id }) {
          terminal.progress(
            `${id} goes into the lab's journal: it undoes itself in ${milliseconds(options.for * 1000)}, hachaos heal does before`,
          );
          return { ...UNWATCHED, noteProven: (evidence) => evidence.forEach(terminal.result) };
        },
        onWait: (other) => terminal.progress(`waiting for another hachaos: ${other}`),
      });
    });
}

/** These machines are there for something else: what is about to be done to them is shown, and asked for. */
async function agreeTo(lab: Lab, { kind, target, params }: FaultSpec, yes: boolean, terminal: Terminal): Promise<void> {
  const nodes = resolveTarget(lab, faultOf(kind), target, await activeNow(lab, target)).map(({ name }) => name);
  for (const line of rehearsedLines(await rehearseFault(lab, { kind, nodes, params }))) terminal.progress(line);
  await agree(terminal, `Do this to the machines of ${lab.name}?`, yes);
}

/** What is wrong already is not worth a lab, or a question. */
function checkTyped(kind: string | undefined, words: readonly string[], ask: Ask | null): void {
  if (ask === null) specOf(toldFault(kind, words).kind, words);
  else if (kind !== undefined) checkNames(faultOf(kind), words);
}

/** A parameter called nic is a NIC of the definition; once in the journal, a fault at one that is not there could not be taken back. */
function checkNic({ nic }: Params, definition: ClusterDefinition): void {
  const known = nicsOf(definition);
  if (nic === undefined || known.includes(String(nic))) return;
  throw new HachaosError("unknown-name", `the nodes have no NIC ${String(nic)}`, { hint: suggestName(String(nic), known) });
}

/** What was typed, checked as a suite's test is. Throws `unknown-name` or `usage`. */
export function specOf(kind: string, words: readonly string[]): FaultSpec {
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
