import type { Lane, Mark } from "../lanes/lane.js";
import { moment, plural } from "../words.js";
import { html, type Markup } from "./markup.js";

/** Marks of one row that are written out; the rest are counted. A row with more is a flicker, which the picture shows better. */
const MOST = 120;

/** All lanes as text: the same marks for people who cannot see the picture, and what the cursor reads out. */
export function laneTable(lanes: readonly Lane[]): Markup {
  const rows = lanes.flatMap((lane) => lane.rows.map((row) => ({ lane: lane.title, row })));
  return html`<details class="as-table">
    <summary>The time axis as a table</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="The time axis as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Lane</th>
            <th scope="col">Row</th>
            <th scope="col" class="num">From</th>
            <th scope="col" class="num">To</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(({ lane, row }, index) => {
            const marks = [...row.marks].sort((a, b) => startOf(a) - startOf(b));
            const omitted = marks.length - MOST;
            return [
              marks.slice(0, MOST).map((mark) => line(lane, row.label, index, mark)),
              omitted > 0 &&
                html`<tr>
                  <td>${lane}</td>
                  <td>${row.label}</td>
                  <td></td>
                  <td></td>
                  <td>and ${plural(omitted, "more mark")}, in the picture only</td>
                </tr>`,
            ];
          })}
        </tbody>
      </table>
    </div>
  </details>`;
}

function line(lane: string, row: string, index: number, mark: Mark): Markup {
  const from = startOf(mark);
  const to = mark.kind === "span" ? mark.toMs : null;
  return html`<tr data-r="${index}" data-a="${Math.round(from)}" ${to === null ? null : html` data-b="${Math.round(to)}"`}>
    <td>${lane}</td>
    <td>${row}</td>
    <td class="num">${moment(from)}</td>
    <td class="num">${to === null ? "" : moment(to)}</td>
    <td>${mark.title}</td>
  </tr>`;
}

function startOf(mark: Mark): number {
  return mark.kind === "span" ? mark.fromMs : mark.atMs;
}
