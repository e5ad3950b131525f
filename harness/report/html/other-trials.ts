import type { TrialResult } from "../../check/results.js";
import { gapText, plural, VERDICT_WORDS } from "../words.js";
import { html, type Markup } from "./markup.js";

/**
 * Trials that have no row in the table, a line of plain text for each: ten thousand of them are one element of half a megabyte, there
 * without scripts too.
 */
export function otherTrials(trials: readonly TrialResult[]): Markup | null {
  if (trials.length === 0) return null;
  const rows = [
    ["trial", "verdict", "gap", "failback", "served by"],
    ...trials.map((trial) => [
      String(trial.trial),
      VERDICT_WORDS[trial.verdict].word,
      gapText(trial.gap),
      trial.failback ? gapText(trial.failback.gap) : "-",
      `${trial.servedBefore ?? "nobody"} ${trial.servedBefore === trial.servedAfter ? "" : `→ ${trial.servedAfter ?? "nobody"}`}`,
    ]),
  ];
  const widths = rows.reduce<number[]>((most, cells) => cells.map((cell, index) => Math.max(most[index] ?? 0, cell.length)), []);
  const text = rows
    .map((cells) =>
      cells
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
  return html`<details class="fold others">
    <summary>${plural(trials.length, "other trial")}</summary>
    <pre class="mono scroll" tabindex="0" aria-label="Other trials">${text}</pre>
  </details>`;
}
