import type { TrialResult } from "../../check/results.js";
import type { TrialView } from "../trial-view.js";
import { gapText, limit } from "../words.js";
import { html, type Markup } from "./markup.js";

/** The trial in one sentence, and why it did not pass. */
export function lead({ result, faultText }: TrialView): Markup {
  const dark =
    result.gap === null
      ? "the gap could not be measured"
      : result.gap.maxMs === 0
        ? "clients saw no gap"
        : `clients saw a gap of ${gapText(result.gap)}${spells(result)}`;
  const allowed =
    result.gap === null || result.gap.maxMs === 0
      ? `; the limit is ${limit(result.budgetMs)}`
      : `, of the ${limit(result.budgetMs)} allowed`;
  const who =
    result.servedAfter === null
      ? "nobody served in the end"
      : result.servedBefore !== result.servedAfter
        ? `${result.servedAfter} took over from ${result.servedBefore ?? "nobody"}`
        : `${result.servedAfter} kept serving`;
  const back =
    result.failback?.gap && result.failback.gap.maxMs !== 0
      ? ` The way back cost ${gapText(result.failback.gap)} of ${limit(result.failback.budgetMs)}.`
      : "";
  return html`<p class="lead">${faultText === null ? upper(dark) : `${faultText}: ${dark}`}${allowed}; ${who}.${back}</p>
    ${result.reason !== "" && html`<p class="reason v-${result.verdict}">${upper(result.reason)}</p>`}`;
}

/** The gap is the longest dark spell's; the others must not be hidden behind it. */
function spells({ gap }: TrialResult): string {
  if (!gap?.spells || gap.spells < 2) return "";
  const all = gap.totalMinMs === undefined ? "" : `, ${gapText({ minMs: gap.totalMinMs, maxMs: gap.totalMaxMs ?? null })} in all`;
  return ` (the longest of ${gap.spells}${all})`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
