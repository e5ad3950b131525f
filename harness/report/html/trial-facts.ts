import { culpritOf } from "../culprit.js";
import type { TrialView } from "../trial-view.js";
import { endless, gapText, limit, plural, seconds } from "../words.js";
import { constraintBadge } from "./badge.js";
import { html, type Markup } from "./markup.js";
import { served } from "./served.js";

/** The figures of a trial at a glance, and each constraint's verdict with the way to its evidence. */
export function trialFacts(view: TrialView): Markup {
  const { result } = view;
  const { gap, kept } = result;
  const over = gap !== null && (gap.maxMs === null || gap.maxMs > result.budgetMs);
  const judged = result.constraints.filter((constraint) => constraint.verdict !== "skipped");
  return html`<dl class="facts trial-facts">
      ${fact("Gap", html`<span class="${over ? "over" : ""}">${gapText(gap)}</span>`, endless(gap) ? "never came back while watched" : "as new connections saw it")}
      ${fact("Budget", limit(result.budgetMs), margin(view))} ${fact("Culprit phase", ...culprit(view))}
      ${fact("Kept connection", kept ? gapText(kept.gap) : "not probed", kept ? `${kept.failed} of ${plural(kept.total, "request")} failed, ${plural(kept.connections, "connection")}` : "")}
      ${fact("Served by", served(result), result.phaseMs === null || result.phaseMs === undefined ? "" : `fault after a random wait of ${seconds(result.phaseMs)}`)}
    </dl>
    <ul class="verdicts" aria-label="Constraints">
      ${judged.map((constraint, index) => html`<li><a href="#${view.id}-c${index + 1}" title="${constraint.title}: ${constraint.finding}">${constraint.id}</a> ${constraintBadge(constraint.verdict)}</li>`)}
    </ul>`;
}

function fact(name: string, value: Markup | string, note: string): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}${note !== "" && html`<span class="note">${note}</span>`}</dd>
  </div>`;
}

/** How far the most that the gap can have been is from the budget. */
function margin({ result: { gap, budgetMs } }: TrialView): string {
  if (gap === null) return "not compared";
  if (gap.maxMs === null) return `over by ${seconds(Math.max(0, gap.minMs - budgetMs))} at least`;
  const left = budgetMs - gap.maxMs;
  return left >= 0 ? `margin ${seconds(left)} (${Math.round((left / Math.max(budgetMs, 1)) * 100)} %)` : `over by ${seconds(-left)}`;
}

function culprit({ result: { phases } }: TrialView): [string, string] {
  const phase = culpritOf(phases);
  if (!phase) return ["–", phases.length === 0 ? "no phases" : "no phase was dark"];
  const excess = phase.excessMs ?? 0;
  const dark = phase.darkMs ?? 0;
  return [phase.name, excess > 0 ? `${seconds(excess)} more than configured` : `${seconds(dark)} dark, as configured`];
}
