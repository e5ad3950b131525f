import type { TrialView } from "../trial-view.js";
import { gapText, limit, seconds } from "../words.js";
import { budgetTable } from "./budget-table.js";
import { html, type Markup } from "./markup.js";
import { waterfall } from "./waterfall.js";

/** The second gap, when the service moves back after healing: its own phases and its own budget. Null: nothing was healed. */
export function failbackSection(view: TrialView): Markup | null {
  const { failback } = view.result;
  if (!failback) return null;
  const { gap, budgetMs } = failback;
  const over = gap !== null && (gap.maxMs === null || gap.maxMs > budgetMs);
  const most = gap?.maxMs ?? null;
  const margin = most === null ? "" : over ? `, over by ${seconds(most - budgetMs)}` : `, margin ${seconds(budgetMs - most)}`;
  return html`<div class="part">
    <h3>Failback</h3>
    <p class="lead">The way back cost <b class="${over ? "over" : ""}">${gapText(gap)}</b> of ${limit(budgetMs)} allowed${margin}.</p>
    ${waterfall(view, failback.phases ?? [], [])}
    <details class="fold">
      <summary>Failback budget ${limit(budgetMs)}</summary>
      ${budgetTable(failback.budget)}
    </details>
  </div>`;
}
