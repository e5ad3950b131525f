import type { Fault } from "../../fault/fault.js";
import { parametersOf, type FaultParameter } from "../../fault/fault-parameters.js";
import { FAULTS } from "../../fault/registry.js";
import type { Lab } from "../../lab/lab.js";
import { html, type Markup } from "../../report/html/markup.js";
import { ROLES } from "../../run/targets.js";

/** A form for every fault of the registry, with its targets and parameters. */
export function faultForms(lab: Lab): Markup {
  const targets = [...ROLES, ...lab.nodes.map(({ name }) => name)];
  const nics = lab.definition.bonds.flatMap((bond) => bond.nics);
  return html`<div class="forms">
    ${Object.values(FAULTS).map(
      (fault) =>
        html`<form data-fault="${fault.kind}" aria-label="${fault.title}">
          <h3>${fault.title} <code>${fault.kind}</code></h3>
          <p class="sub">${fault.summary}</p>
          <div class="fields">
            ${fault.targets === "nodes" && choice(fault, "target", "target", targets, "the node, or its role when the fault strikes", "active")}
            ${parametersOf(fault).map((parameter) => field(fault, parameter, nics))}
          </div>
          <button type="submit" class="danger">Break</button>
        </form>`,
    )}
  </div>`;
}

function field(fault: Fault, { name, values, absence, description }: FaultParameter, nics: readonly string[]): Markup {
  const preset = absence.startsWith("default ") ? String(JSON.parse(absence.slice("default ".length))) : "";
  const [only = "string"] = values;
  if (name === "nic") return choice(fault, name, `param.${name}`, nics, description, preset);
  if (only === "boolean") return choice(fault, name, `param.${name}`, ["true", "false"], description, preset);
  if (values.length > 1) return choice(fault, name, `param.${name}`, values, description, preset);
  const kind = only === "integer" || only === "number" ? "number" : "text";
  return html`<label title="${description}"
    ><span>${name}</span
    ><input
      type="${kind}"
      name="param.${name}"
      value="${preset}"
      ${absence === "needed" && "required"}
      aria-label="${fault.title}: ${name}"
  /></label>`;
}

function choice(fault: Fault, name: string, field: string, values: readonly string[], description: string, preset: string): Markup {
  return html`<label title="${description}"
    ><span>${name}</span
    ><select name="${field}" aria-label="${fault.title}: ${name}">
      ${values.map((value) => html`<option ${value === preset && "selected"}>${value}</option>`)}
    </select></label
  >`;
}
