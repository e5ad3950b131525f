import type { ClusterDefinition } from "../cluster/definition.js";
import { bondOf } from "../cluster/topology.js";
import { parametersOf, type FaultParameter } from "../fault/fault-parameters.js";
import type { Fault } from "../fault/fault.js";
import { FAULTS, faultOf } from "../fault/registry.js";
import { HachaosError } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import { ROLES } from "../run/targets.js";
import type { Ask, Choice } from "./terminal/ask.js";

/** Completes what was typed of a fault by asking for the rest, from the registry and the lab's definition; the words are as one would type them. */
export async function askFault(
  ask: Ask,
  definition: ClusterDefinition,
  typed: { kind: string | undefined; words: readonly string[] },
): Promise<{ kind: string; words: string[] }> {
  const kind = typed.kind ?? (await ask.choose("What shall break?", faultChoices()));
  const fault = faultOf(kind);
  const words = [...typed.words];
  if (fault.targets === "nodes" && !words.some(isTarget)) words.push(await ask.choose("Where?", targetChoices(definition), "active"));
  for (const parameter of parametersOf(fault)) {
    if (words.some((word) => word.startsWith(`${parameter.name}=`))) continue;
    const value = await askParameter(ask, definition, parameter);
    if (value !== "") words.push(`${parameter.name}=${value}`);
  }
  return { kind, words };
}

/** Without anybody to ask, the fault must have been told. */
export function toldFault(kind: string | undefined, words: readonly string[]): { kind: string; words: string[] } {
  if (kind !== undefined) return { kind, words: [...words] };
  throw new HachaosError("usage", "missing required argument 'fault'", {
    hint: "hachaos faults lists them; on a terminal, hachaos inject asks",
  });
}

/** Throws when words name a parameter that the fault does not have. */
export function checkNames(fault: Pick<Fault, "kind" | "params">, words: readonly string[]): void {
  const known = parametersOf(fault).map(({ name }) => name);
  for (const word of words.filter((each) => !isTarget(each))) {
    const name = word.slice(0, word.indexOf("="));
    if (!known.includes(name))
      throw new HachaosError("unknown-name", `${fault.kind} has no parameter ${name}`, { hint: suggestName(name, known) });
  }
}

function isTarget(word: string): boolean {
  return !word.includes("=");
}

function faultChoices(): Choice[] {
  return Object.values(FAULTS).map(({ kind, summary }) => ({ value: kind, hint: summary }));
}

const MEANING: Record<(typeof ROLES)[number], string> = {
  active: "the node that holds the service's address when the fault strikes",
  standby: "the nodes that do not",
  all: "every node",
};

function targetChoices({ nodes }: ClusterDefinition): Choice[] {
  return [...nodes.map(({ name }) => ({ value: name })), ...ROLES.map((role) => ({ value: role, hint: MEANING[role] }))];
}

function askParameter(ask: Ask, definition: ClusterDefinition, parameter: FaultParameter): Promise<string> {
  const { name, values, isChoice, fallback, absence, description } = parameter;
  const question = description === "" ? name : `${name}: ${description}`;
  const initial = fallback ?? undefined;
  // By convention (docs/fault.md) a parameter called nic is a NIC of the definition.
  if (name === "nic") return ask.choose(question, nicChoices(definition), initial);
  if (isChoice)
    return ask.choose(
      question,
      values.map((value) => ({ value })),
      initial,
    );
  if (values.includes("boolean")) return ask.choose(question, [{ value: "true" }, { value: "false" }], initial);
  const check = (text: string) => (text === "" && absence === "needed" ? `${name} is needed (${values.join(" or ")})` : null);
  return ask.text(`${question} (${values.join(" or ")}, ${absence})`, fallback ?? "", check);
}

function nicChoices(definition: ClusterDefinition): Choice[] {
  return nicsOf(definition).map((nic) => {
    const bond = bondOf(definition, nic);
    return { value: nic, ...(bond && { hint: `${bond.name}, ${bond.network}` }) };
  });
}

export function nicsOf({ bonds }: ClusterDefinition): string[] {
  return bonds.flatMap(({ nics }) => nics);
}
