import type { TrialResult } from "../../check/results.js";
import { html, type Markup } from "../html/markup.js";
import { gapText, limit } from "../words.js";
import { px } from "./scale.js";

const WIDTH = 150;
/** The budget's tick stands here in every bar, so bars compare as shares of their budgets. */
const BUDGET_X = 116;

/** A gap interval as a share of its budget: full up to its least, pale up to its most, an arrow when it never ended. */
export function gapBar(gap: TrialResult["gap"], budgetMs: number): Markup {
  const x = (ms: number): number => Math.min(WIDTH, (ms / Math.max(budgetMs, 1)) * BUDGET_X);
  const endless = gap !== null && gap.maxMs === null;
  const over = gap !== null && (endless || (gap.maxMs ?? 0) > budgetMs);
  const least = gap ? x(gap.minMs) : 0;
  const most = gap ? (gap.maxMs === null ? WIDTH - 7 : x(gap.maxMs)) : 0;
  const dark = gap !== null && gap.maxMs !== 0;
  return html`<svg
    class="gapbar${over ? " over" : ""}"
    viewBox="0 0 ${WIDTH} 16"
    width="${WIDTH}"
    height="16"
    role="img"
    aria-label="gap ${gapText(gap)} of ${limit(budgetMs)}"
  >
    <rect class="track" x="0" y="5" width="${BUDGET_X}" height="6" rx="3" />
    ${dark && html`<rect class="most" x="0" y="5" width="${px(Math.max(most, 2))}" height="6" rx="3" /><rect class="least" x="0" y="5" width="${px(Math.max(least, 1.5))}" height="6" rx="3" />`}${endless && html`<path class="least" d="M${WIDTH - 8} 2L${WIDTH - 1} 8L${WIDTH - 8} 14Z" />`}
    <line class="budget" x1="${BUDGET_X}" x2="${BUDGET_X}" y1="1" y2="15" />
  </svg>`;
}
