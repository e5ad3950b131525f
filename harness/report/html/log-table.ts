import type { LogLine } from "../log-lines.js";
import type { TrialView } from "../trial-view.js";
import { moment, plural } from "../words.js";
import { html, type Markup } from "./markup.js";

/** The logs of all nodes and our own observations in one order of time; what findings and phases rest on is pinned and can be linked to. */
export function logTable(view: TrialView): Markup {
  const { lines, omitted } = view.log;
  if (lines.length === 0) return html`<p class="sub">No line was recorded.</p>`;
  const evidence = lines.filter((line) => line.cited.length > 0).length;
  return html`<div class="log">
    <div class="log-tools needs-script">
      <button type="button" class="chip" data-evidence aria-pressed="false">Evidence only <b>${evidence}</b></button>
      ${choice("node", "All nodes", lines, (line) => line.node)}${choice("source", "All sources", lines, (line) => line.source)}
      <label
        ><span class="visually-hidden">Lines with this text</span
        ><input type="search" data-text placeholder="Filter lines" autocomplete="off"
      /></label>
    </div>
    <p class="sub log-count" aria-live="polite">
      <span class="shown">${plural(lines.length, "line")}</span
      >${omitted > 0 && `; ${plural(omitted, "more line")} far from the fault left out, all of them in history.ndjson`}
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Merged log">
      <table class="compact">
        <thead>
          <tr>
            <th scope="col" class="num">Time</th>
            <th scope="col">Node</th>
            <th scope="col">Source</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(row)}
        </tbody>
      </table>
    </div>
  </div>`;
}

function row(line: LogLine): Markup {
  const id = line.id !== null && html` id="${line.id}" tabindex="-1"`;
  const time = line.id === null ? moment(line.atMs) : html`<a href="#${line.id}">${moment(line.atMs)}</a>`;
  const trouble = line.level === "trouble" && html`<span class="mark" title="warning or worse">▲</span> `;
  const cited = line.cited.map((by) => html` <span class="cites">${by}</span>`);
  return html`<tr class="l-${line.level}${line.cited.length > 0 ? " pinned" : ""}" ${id} data-ms="${Math.round(line.atMs)}">
    <td class="num">${time}</td>
    <td>${line.node}</td>
    <td>${line.source}</td>
    <td class="mono">${trouble}${line.text}${cited}</td>
  </tr>`;
}

function choice(name: string, all: string, lines: readonly LogLine[], of: (line: LogLine) => string): Markup {
  const values = [...new Set(lines.map(of).filter((value) => value !== ""))].sort();
  return html`<select data-${name} aria-label="${all}">
    <option value="">${all}</option>
    ${values.map((value) => html`<option>${value}</option>`)}
  </select>`;
}
