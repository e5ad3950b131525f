import type { ConstraintResult } from "../../check/results.js";
import type { TrialView } from "../trial-view.js";
import { moment } from "../words.js";
import { constraintBadge } from "./badge.js";
import { html, type Markup } from "./markup.js";

/** Each constraint with its verdict, the finding and the evidence it rests on; those that do not apply are only named. */
export function constraintList(view: TrialView): Markup {
  const judged = view.result.constraints.filter((constraint) => constraint.verdict !== "skipped");
  const skipped = view.result.constraints.filter((constraint) => constraint.verdict === "skipped");
  return html`<ul class="constraints">
      ${judged.map((constraint) => item(view, constraint))}
    </ul>
    ${skipped.length > 0 && html`<p class="sub rest">Does not apply to this trial: ${skipped.map((constraint, index) => html`${index > 0 && ", "}<abbr title="${constraint.title}: ${constraint.finding}">${constraint.id}</abbr>`)}</p>`}`;
}

function item(view: TrialView, constraint: ConstraintResult): Markup {
  const reason = constraint.reason !== null && constraint.reason !== constraint.id && html` <code>${constraint.reason}</code>`;
  return html`<li>
    <div class="line">
      <b class="id">${constraint.id}</b><span class="what">${constraint.title}</span>${constraintBadge(constraint.verdict)}
    </div>
    <p>${constraint.finding}${reason}</p>
    ${
      constraint.evidence.length > 0 &&
      html`<ol class="evidence">
        ${constraint.evidence.map((evidence) => html`<li data-ms="${Math.round(evidence.atMs - view.zeroMs)}"><span class="num">${moment(evidence.atMs - view.zeroMs)}</span> <span class="sub">${evidence.node}</span> <span class="mono">${evidence.text}</span></li>`)}
      </ol>`
    }
  </li>`;
}
