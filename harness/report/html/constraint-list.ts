import type { ConstraintResult, Evidence } from "../../check/results.js";
import type { TrialView } from "../trial-view.js";
import { moment } from "../words.js";
import { constraintBadge } from "./badge.js";
import { html, type Markup } from "./markup.js";

/** Each constraint with its verdict, the finding and the evidence it rests on; those that do not apply are only named. */
export function constraintList(view: TrialView): Markup {
  const judged = view.result.constraints.filter((constraint) => constraint.verdict !== "skipped");
  const skipped = view.result.constraints.filter((constraint) => constraint.verdict === "skipped");
  return html`<ul class="constraints">
      ${judged.map((constraint, index) => item(view, constraint, index))}
    </ul>
    ${skipped.length > 0 && html`<p class="sub rest">Does not apply to this trial: ${skipped.map((constraint, index) => html`${index > 0 && ", "}<abbr title="${constraint.title}: ${constraint.finding}">${constraint.id}</abbr>`)}</p>`}`;
}

function item(view: TrialView, constraint: ConstraintResult, index: number): Markup {
  const reason = constraint.reason !== null && constraint.reason !== constraint.id && html` <code>${constraint.reason}</code>`;
  return html`<li id="${view.id}-c${index + 1}" tabindex="-1">
    <div class="line">
      <b class="id">${constraint.id}</b><span class="what">${constraint.title}</span>${constraintBadge(constraint.verdict)}
    </div>
    <p>${constraint.finding}${reason}</p>
    ${
      constraint.evidence.length > 0 &&
      html`<ol class="evidence">
        ${constraint.evidence.map((evidence) => evidenceItem(view, evidence))}
      </ol>`
    }
  </li>`;
}

/** The time leads to the line in the merged log. */
function evidenceItem(view: TrialView, evidence: Evidence): Markup {
  const atMs = evidence.atMs - view.zeroMs;
  const id = view.log.lineOf.get(evidence)?.id ?? null;
  const time = id === null ? html`<span class="num">${moment(atMs)}</span>` : html`<a class="num" href="#${id}">${moment(atMs)}</a>`;
  return html`<li data-ms="${Math.round(atMs)}">
    ${time} <span class="sub">${evidence.node}</span> <span class="mono">${evidence.text}</span>
  </li>`;
}
