import type { TrialResult } from "../../check/results.js";
import type { ReportModel, TestModel } from "../model.js";
import { gapBar } from "../svg/gap-bar.js";
import { ATTENTION, endless, gapText, limit, plural, VERDICT_WORDS } from "../words.js";
import { badge } from "./badge.js";
import { html, type Markup } from "./markup.js";

/** All tests with verdict, fault, target, gap against budget, failback and who served. */
export function testTable(model: ReportModel, details: ReadonlyMap<string, Markup>): Markup {
  return html`<section id="tests" aria-labelledby="tests-title">
    <div class="heading">
      <h2 id="tests-title">Tests</h2>
      ${filters(model)}
    </div>
    <table class="tests">
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Verdict</th>
          <th scope="col">Fault</th>
          <th scope="col" class="num">Gap</th>
          <th scope="col">Share of its budget</th>
          <th scope="col" class="num">Failback</th>
          <th scope="col">Served by</th>
        </tr>
      </thead>
      <tbody>
        ${model.tests.map((test, index) => [
          model.tests[index - 1]?.suite !== test.suite &&
            html`<tr class="suite">
              <th scope="rowgroup" colspan="7">${test.suite}</th>
            </tr>`,
          testRow(test),
        ])}
      </tbody>
    </table>
    <p class="nothing" id="nothing" hidden>No test matches the filter.</p>
    ${detailsNote(model, details)}
  </section>`;
}

/** Says which trials have no pictures, so that nobody looks for them. */
function detailsNote(model: ReportModel, details: ReadonlyMap<string, Markup>): Markup | null {
  const trials = model.tests.reduce((sum, test) => sum + test.trials.length, 0);
  if (details.size === trials) return null;
  return html`<p class="sub note">
    ${details.size} of ${plural(trials, "trial")} are drawn in detail, those of each test that need most attention first; every trial is in
    its test's table and in results.json.
  </p>`;
}

function filters(model: ReportModel): Markup {
  const present = ATTENTION.filter((verdict) => model.counts[verdict] > 0);
  return html`<div class="filters needs-script">
    <label
      ><span class="visually-hidden">Filter tests by text</span
      ><input type="search" id="filter" placeholder="Filter tests" autocomplete="off" /></label
    >${present.length > 1 && present.map((verdict) => html`<button type="button" class="chip" data-verdict="${verdict}" aria-pressed="false">${VERDICT_WORDS[verdict].word} <b>${model.counts[verdict]}</b></button>`)}
  </div>`;
}

function testRow(test: TestModel): Markup {
  const trial = test.shown;
  const several = test.trials.length > 1 && html` <span class="sub">${test.trials.length} trials</span>`;
  const name = html`<th scope="row"><a href="#${test.id}">${test.name}</a>${several}</th>
    <td>${badge(test.verdict)}</td>`;
  if (trial === null)
    return html`<tr data-verdict="${test.verdict}">
      ${name}
      <td colspan="5"><span class="sub">never started</span></td>
    </tr>`;
  return html`<tr data-verdict="${test.verdict}">
    ${name}
    <td data-label="Fault">${faultCell(trial)}</td>
    <td class="num" data-label="Gap">${gapText(trial.gap)}${endless(trial.gap) && html`<span class="sub">never came back</span>`}</td>
    <td class="bar" data-label="Budget">${gapBar(trial.gap, trial.budgetMs)}<span class="budget num">${limit(trial.budgetMs)}</span></td>
    <td class="num" data-label="Failback">
      ${trial.failback ? html`${gapText(trial.failback.gap)}<span class="sub">of ${limit(trial.failback.budgetMs)}</span>` : html`<span class="sub">–</span>`}
    </td>
    <td data-label="Served by">${served(trial)}</td>
  </tr>`;
}

function faultCell(trial: TrialResult): Markup {
  if (trial.fault === null) return html`<span class="sub">none</span>`;
  return html`<span class="kind">${trial.fault.kind}</span
    ><span class="sub"
      >${[trial.fault.target, ...Object.values(trial.fault.params).map(String)].filter((text) => text !== "").join(", ")}</span
    >`;
}

/** Who answered before the fault and while it held. */
export function served(trial: TrialResult): Markup {
  const before = trial.servedBefore ?? "nobody";
  const after = trial.servedAfter ?? "nobody";
  return before === after
    ? html`<span class="stay">${before}</span>`
    : html`<span class="move">${before} <span aria-label="then">→</span> ${after}</span>`;
}
