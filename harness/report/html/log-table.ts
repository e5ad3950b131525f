import type { TrialView } from "../trial-view.js";
import { moment, plural } from "../words.js";
import { html, type Markup } from "./markup.js";

/** The logs of all nodes and our own observations in one order of time. */
export function logTable(view: TrialView): Markup | null {
  const { lines, omitted } = view.log;
  if (lines.length === 0) return null;
  return html`<details class="log">
    <summary>
      Merged log <span class="sub">${plural(lines.length, "line")}${omitted > 0 && `, ${omitted} more in history.ndjson`}</span>
    </summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Merged log">
      <table>
        <thead>
          <tr>
            <th scope="col" class="num">Time</th>
            <th scope="col">Node</th>
            <th scope="col">Source</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            (line) =>
              html`<tr class="l-${line.level}" data-ms="${Math.round(line.atMs)}">
                <td class="num">${moment(line.atMs)}</td>
                <td>${line.node}</td>
                <td>${line.source}</td>
                <td class="mono">${line.level === "trouble" && html`<span class="mark" title="warning or worse">▲</span> `}${line.text}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
