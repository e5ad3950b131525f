import type { TrialResult } from "../../check/results.js";
import { html, type Markup } from "./markup.js";

/** Who answered before the fault and while it held. */
export function served(trial: TrialResult): Markup {
  const before = trial.servedBefore ?? "nobody";
  const after = trial.servedAfter ?? "nobody";
  return before === after
    ? html`<span class="stay">${before}</span>`
    : html`<span class="move">${before} <span aria-label="then">→</span> ${after}</span>`;
}
