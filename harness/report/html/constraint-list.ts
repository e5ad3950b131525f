import type { TrialView } from "../model.js";
import { moment } from "../words.js";
import { constraintBadge } from "./badge.js";
import { html, type Markup } from "./markup.js";

/** Each constraint with its verdict, the finding and the evidence it rests on. */
export function constraintList(view: TrialView): Markup {
  return html`<ul class="constraints">
    ${view.result.constraints.map(
      (constraint) =>
        html`<li>
          <div class="line">
            <b class="id">${constraint.id}</b><span class="what">${constraint.title}</span>${constraintBadge(constraint.verdict)}
          </div>
          <p>
            ${constraint.finding}${constraint.reason !== null && constraint.reason !== constraint.id && html` <code>${constraint.reason}</code>`}
          </p>
          ${
            constraint.evidence.length > 0 &&
            html`<ol class="evidence">
              ${constraint.evidence.map((item) => html`<li data-ms="${Math.round(item.atMs - view.zeroMs)}"><span class="num">${moment(item.atMs - view.zeroMs)}</span> <span class="sub">${item.node ?? ""}</span> <span class="mono">${item.text}</span></li>`)}
            </ol>`
          }
        </li>`,
    )}
  </ul>`;
}
