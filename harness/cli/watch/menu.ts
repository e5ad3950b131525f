import type { ClusterDefinition } from "../../cluster/definition.js";
import { parametersOf } from "../../fault/fault-parameters.js";
import { FAULTS, faultOf } from "../../fault/registry.js";
import type { FaultSpec } from "../../history/event.js";
import type { FaultInForce } from "../../lab/lab.js";
import { fault as scenario } from "../../run/scenario.js";
import { ROLES } from "../../run/targets.js";

/** Something to choose by one key. */
export interface Menu {
  title: string;
  options: { key: string; label: string; chosen: Choice }[];
}

/** What follows: another question, a fault to inject, or one to take back. */
export type Choice = { ask: Menu } | { inject: FaultSpec } | { heal: string };

const KEYS = "123456789bcdefgjklmnop";

/** What to break: the fault, then where, then each parameter that has a choice. What has none keeps its default. */
export function injectMenu(definition: ClusterDefinition): Menu {
  return menu(
    "What shall break?",
    Object.values(FAULTS).map(({ kind, summary }) => ({ label: `${kind}: ${summary}`, chosen: targetOf(definition, kind) })),
  );
}

/** Which fault to take back; null when none is in force. */
export function healMenu(faults: readonly FaultInForce[]): Menu | null {
  if (faults.length === 0) return null;
  return menu(
    "Which fault shall be taken back?",
    faults.map(({ id, nodes }) => ({ label: [id, ...nodes].join(" "), chosen: { heal: id } })),
  );
}

function targetOf(definition: ClusterDefinition, kind: string): Choice {
  if (faultOf(kind).targets === "network") return parametersFrom(definition, { kind, target: "", params: {} }, 0);
  const targets = [...ROLES, ...definition.nodes.map(({ name }) => name)];
  const options = targets.map((target) => ({ label: target, chosen: parametersFrom(definition, { kind, target, params: {} }, 0) }));
  return { ask: menu(`${kind}: where?`, options) };
}

function parametersFrom(definition: ClusterDefinition, spec: FaultSpec, index: number): Choice {
  const parameter = parametersOf(faultOf(spec.kind))[index];
  if (parameter === undefined) return { inject: complete(spec) };
  const { name, description } = parameter;
  const values = name === "nic" ? definition.bonds.flatMap(({ nics }) => nics) : parameter.values;
  // A single value is the name of a type: there is nothing to choose from.
  if (values.length < 2) return parametersFrom(definition, spec, index + 1);
  const options = values.map((value) => ({
    label: value,
    chosen: parametersFrom(definition, { ...spec, params: { ...spec.params, [name]: value } }, index + 1),
  }));
  return { ask: menu(`${spec.kind}: ${description}?`, options) };
}

/** With the defaults of the parameters that were not chosen. */
function complete({ kind, target, params }: FaultSpec): FaultSpec {
  return scenario("by hand", kind, { ...(target !== "" && { target }), params }).fault ?? { kind, target, params };
}

function menu(title: string, options: { label: string; chosen: Choice }[]): Menu {
  return { title, options: options.map((option, index) => ({ key: KEYS[index] ?? "", ...option })) };
}
