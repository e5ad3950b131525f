import { html, type Markup } from "../../report/html/markup.js";
import { faultText, type Moment } from "../board.js";

/** The faults in force, each with the button that takes it back; healing needs no unlocking. */
export function faultList({ faults }: Moment): Markup {
  if (faults.length === 0) return html`<p class="sub">Nothing is broken.</p>`;
  return html`<ul class="faults">
      ${faults.map(
        (fault) =>
          html`<li>
            <div>
              <b>${fault.drawing.label}</b>
              <span class="sub">${faultText(fault)}</span>
              <span class="sub">${proofText(fault)} <span data-epoch="${Date.parse(fault.since)}" data-digits="0"></span></span>
            </div>
            ${
              fault.healingUs === null
                ? html`<button type="button" data-heal="${fault.id}" data-key="heal ${fault.id}" aria-label="Heal ${faultText(fault)}">
                    Heal
                  </button>`
                : html`<span class="sub">healing …</span>`
            }
          </li>`,
      )}
    </ul>
    ${faults.length > 1 && html`<button type="button" data-heal="all" data-key="heal all">Heal all, the last one first</button>`}`;
}

function proofText({ proof }: Moment["faults"][number]): string {
  if (proof === null) return "being injected";
  return proof.bit ? "proven, in force for" : `not proven: ${proof.message}; in the journal for`;
}
