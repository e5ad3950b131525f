import { shellQuoted } from "../../kernel/shell-quoted.js";
import type { TrialView } from "../trial-view.js";
import { moment, plural } from "../words.js";
import { html, type Markup } from "./markup.js";

/** The commands hachaos itself ran on the nodes during the trial, as one would type them. Null: none. */
export function commandList({ commands }: TrialView): Markup | null {
  if (commands.length === 0) return null;
  return html`<div class="part">
    <h3>Commands run</h3>
    <details class="fold">
      <summary>${plural(commands.length, "command")} run by hachaos during this trial</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Commands run">
        <table class="compact">
          <thead>
            <tr>
              <th scope="col" class="num">Time</th>
              <th scope="col">Node</th>
              <th scope="col">Command</th>
              <th scope="col" class="num">Exit</th>
              <th scope="col" class="num">Took</th>
            </tr>
          </thead>
          <tbody>
            ${commands.map(
              ({ atMs, event }) =>
                html`<tr data-ms="${Math.round(atMs)}">
                  <td class="num">${moment(atMs)}</td>
                  <td>${event.node}</td>
                  <td class="mono">${shellQuoted(event.argv)}</td>
                  <td class="num">${event.exitCode}</td>
                  <td class="num">${Math.round(event.ms)} ms</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </div>`;
}
