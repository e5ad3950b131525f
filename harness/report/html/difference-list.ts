import { DIFFERENCES, type Comparison, type ComparisonRow } from "../../check/comparison.js";
import type { ReportModel, TestModel } from "../model.js";
import { twinStrip } from "../svg/twin-strip.js";
import { plural, seconds, shiftText } from "../words.js";
import { html, type Markup } from "./markup.js";

/** Tonight against the baseline: what became slower or faster, which phase of it moved, and what was changed in between. */
export function differenceList(model: ReportModel): Markup | null {
  const { comparison } = model;
  if (comparison === null) return null;
  const { baseline } = comparison;
  return html`<section aria-labelledby="differences-title">
    <h2 id="differences-title">Against the baseline</h2>
    <p class="lead">${countsText(comparison)}. The baseline is ${baselineText(baseline)}.</p>
    ${differenceTable(model, comparison)}${changedTable(comparison)}${uncomparedNote(comparison)}
  </section>`;
}

function countsText({ rows }: Comparison): string {
  const gaps = rows.filter((row) => row.what !== "phase");
  const counts = DIFFERENCES.flatMap((verdict) => {
    const count = gaps.filter((row) => row.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  return counts.length === 0 ? "No gap could be compared" : `Of ${plural(gaps.length, "gap")} compared, ${counts.join(", ")}`;
}

function baselineText({ id, startedAt, runs }: Comparison["baseline"]): Markup {
  const date = startedAt.slice(0, 10);
  return runs !== undefined && runs.length > 1
    ? html`${runs.length} runs up to ${date} (<code>${id}</code>)`
    : html`<code>${id}</code> of ${date}`;
}

function differenceTable(model: ReportModel, { rows }: Comparison): Markup | null {
  const moved = inOrder(rows.filter((row) => row.verdict === "slower" || row.verdict === "faster"));
  if (moved.length === 0) return null;
  const tests = new Map(model.tests.map((test) => [`${test.suite}\n${test.name}`, test]));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="What became slower or faster">
    <table class="differences">
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">What</th>
          <th scope="col">Before, above; now, below</th>
          <th scope="col" class="num">Median before</th>
          <th scope="col" class="num">Now</th>
          <th scope="col" class="num">Shift</th>
        </tr>
      </thead>
      <tbody>
        ${moved.map((row) => differenceRow(row, tests.get(`${row.suite}\n${row.test}`)))}
      </tbody>
    </table>
  </div>`;
}

/** Tests with the largest shift first, and in each test what clients feel before the phases it is made of. */
function inOrder(rows: readonly ComparisonRow[]): ComparisonRow[] {
  const size = (row: ComparisonRow): number => Math.abs(row.shiftMs ?? Infinity) * (row.verdict === "slower" ? 1 : 1e-9);
  const largest = new Map<string, number>();
  const key = (row: ComparisonRow): string => `${row.suite}\n${row.test}`;
  for (const row of rows) largest.set(key(row), Math.max(largest.get(key(row)) ?? 0, size(row)));
  const kinds = ["gap", "phase", "failback"];
  return [...rows].sort(
    (a, b) =>
      (largest.get(key(b)) ?? 0) - (largest.get(key(a)) ?? 0) ||
      (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) ||
      kinds.indexOf(a.what) - kinds.indexOf(b.what) ||
      size(b) - size(a),
  );
}

function differenceRow(row: ComparisonRow, test: TestModel | undefined): Markup {
  const slower = row.verdict === "slower";
  const median = (side: ComparisonRow["baseline"]): string => {
    const ms = side.median?.ms;
    return ms === undefined ? "–" : ms === null ? "never came back" : seconds(ms);
  };
  const { lowMs, highMs } = row;
  return html`<tr class="${row.what === "phase" ? "part" : "whole"}">
    <th scope="row">
      ${row.what === "phase" ? html`<span class="visually-hidden">${row.test}</span>` : test ? html`<a href="#${test.id}">${row.test}</a>` : row.test}
    </th>
    <td>${row.phase ?? row.what}</td>
    <td>${twinStrip(row.baselineMs, row.currentMs)}</td>
    <td class="num">${median(row.baseline)}</td>
    <td class="num">${median(row.current)}</td>
    <td class="num shift v-${slower ? "fail" : "pass"}">
      <b><span aria-hidden="true">${slower ? "▲" : "▼"}</span> ${row.shiftMs === null ? row.verdict : shiftText(row.shiftMs)}</b>
      <span class="sub"
        >${row.verdict}${lowMs !== null && highMs !== null && `, ${shiftText(lowMs)} to ${shiftText(highMs)}`}${row.adjustedP !== null && `, p ${pText(row.adjustedP)}`}</span
      >
    </td>
  </tr>`;
}

function pText(p: number): string {
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

function changedTable({ changed }: Comparison): Markup {
  if (changed.length === 0)
    return html`<p class="sub note">
      Nothing that is recorded was changed since: versions, image, configuration, kernel, provider and bonding agree.
    </p>`;
  return html`<h3 class="what-changed">What was changed since</h3>
    <table class="plain changed">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        ${changed.map(
          ({ what, from, to }) =>
            html`<tr>
              <th scope="row">${what}</th>
              <td>${from}</td>
              <td>${to}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function uncomparedNote({ onlyIn, leftOut }: Comparison): Markup | null {
  const notes = [
    ...(onlyIn.current.length > 0 ? [`only in this run: ${onlyIn.current.join(", ")}`] : []),
    ...(onlyIn.baseline.length > 0 ? [`only in the baseline: ${onlyIn.baseline.join(", ")}`] : []),
    ...(leftOut.current.length > 0 ? [`${plural(leftOut.current.length, "trial")} of this run measured nothing`] : []),
    ...(leftOut.baseline.length > 0 ? [`${plural(leftOut.baseline.length, "trial")} of the baseline measured nothing`] : []),
  ];
  return notes.length === 0 ? null : html`<p class="sub note">Not compared: ${notes.join("; ")}.</p>`;
}
