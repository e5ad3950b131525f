import type { TrialResult } from "../../check/results.js";
import type { SampleStatistics } from "../../timing/statistics.js";
import type { ReportModel, TestModel } from "../model.js";
import { gapBar } from "../svg/gap-bar.js";
import { stripPlot } from "../svg/strip-plot.js";
import { ATTENTION, endless, gapText, limit, plural, seconds, VERDICT_WORDS } from "../words.js";
import { badge } from "./badge.js";
import { html, type Markup } from "./markup.js";
import { served } from "./served.js";

/** Every test with its fault, worst first: verdict, all trials against the budget, median and longest gap, failback. */
export function testTable(model: ReportModel, details: ReadonlyMap<string, Markup>): Markup {
  return html`<section id="tests" aria-labelledby="tests-title">
    <div class="heading">
      <h2 id="tests-title">Tests</h2>
      ${filters(model)}
    </div>
    <table class="tests">
      <thead>
        <tr>
          <th scope="col">Test and fault</th>
          <th scope="col">Verdict</th>
          <th scope="col">Gap of every trial, against its budget</th>
          <th scope="col" class="num">Median</th>
          <th scope="col" class="num">Longest</th>
          <th scope="col" class="num">Failback</th>
        </tr>
      </thead>
      <tbody>
        ${model.ranked.map((test) => testRow(test))}
      </tbody>
    </table>
    <p class="nothing" id="nothing" role="status" hidden>No test matches the filter.</p>
    ${legend(model)}${detailsNote(model, details)}
  </section>`;
}

function filters(model: ReportModel): Markup {
  const present = ATTENTION.filter((verdict) => model.counts[verdict] > 0);
  return html`<div class="filters needs-script" role="search">
    <label
      ><span class="visually-hidden">Filter tests by text</span
      ><input type="search" id="filter" placeholder="Filter tests" autocomplete="off" /></label
    >${present.length > 1 && present.map((verdict) => html`<button type="button" class="chip" data-verdict="${verdict}" aria-pressed="false">${VERDICT_WORDS[verdict].word} <b>${model.counts[verdict]}</b></button>`)}
  </div>`;
}

function testRow(test: TestModel): Markup {
  const trial = test.shown;
  const name = html`<th scope="row">
      <a href="#${test.id}">${test.name}</a
      ><span class="sub">${test.suite}</span
      >${trial && html`<span class="sub">${faultText(trial)}</span><span class="sub">${served(trial)}</span>`}
    </th>
    <td>${badge(test.verdict)}${trialCounts(test)}</td>`;
  if (trial === null)
    return html`<tr class="v-${test.verdict}" data-verdict="${test.verdict}">
      ${name}
      <td colspan="4"><span class="sub">never started</span></td>
    </tr>`;
  return html`<tr class="v-${test.verdict}" data-verdict="${test.verdict}">
    ${name}
    <td class="bar" data-label="Gap">${gapPicture(test, trial)}<span class="budget num">${limit(trial.budgetMs)}</span></td>
    <td class="num" data-label="Median">${medianCell(test)}</td>
    <td class="num" data-label="Longest">${longestCell(test)}</td>
    <td class="num" data-label="Failback">${failbackCell(test, trial)}</td>
  </tr>`;
}

/** One trial is an interval against its budget; several are marks on one line. */
function gapPicture(test: TestModel, trial: TrialResult): Markup {
  return test.trials.length === 1
    ? gapBar(trial.gap, trial.budgetMs)
    : stripPlot(test.trials, trial.budgetMs, test.statistics?.gap ?? null);
}

function trialCounts(test: TestModel): Markup | null {
  if (test.trials.length < 2) return null;
  const passed = test.trials.filter((trial) => trial.verdict === "pass").length;
  return html`<span class="sub num"
    >${passed === test.trials.length ? plural(passed, "trial") : `${passed} of ${test.trials.length} passed`}</span
  >`;
}

function medianCell({ trials, statistics }: TestModel): Markup {
  if (trials.length < 2 || !statistics?.gap.median) return html`<span class="sub">–</span>`;
  return html`${medianText(statistics.gap)}<span class="sub">${intervalText(statistics.gap)}</span
    >${statistics.gap.p95Ms !== null && html`<span class="sub">p95 ${seconds(statistics.gap.p95Ms)}</span>`}`;
}

function medianText({ median }: SampleStatistics): string {
  if (!median) return "–";
  return median.ms === null ? "never came back" : median.ms === 0 ? "none" : seconds(median.ms);
}

function intervalText({ median, count }: SampleStatistics): string {
  if (!median || median.lowMs === null) return "";
  if (median.highMs === 0) return "";
  const ends = median.highMs === null ? `over ${seconds(median.lowMs)}` : gapText({ minMs: median.lowMs, maxMs: median.highMs });
  return `${ends}${median.level < 0.95 ? `, n = ${count}` : ""}`;
}

function longestCell(test: TestModel): Markup {
  const longest = test.trials.reduce<TrialResult["gap"]>((most, { gap }) => (longer(gap, most) ? gap : most), null);
  const never = test.trials.filter(({ gap }) => endless(gap)).length;
  return html`${gapText(longest)}${never > 0 && html`<span class="sub">${never > 1 ? `${never} trials ` : ""}never came back</span>`}`;
}

function longer(gap: TrialResult["gap"], than: TrialResult["gap"]): boolean {
  if (gap === null) return false;
  return than === null || (gap.maxMs ?? Infinity) > (than.maxMs ?? Infinity);
}

function failbackCell(test: TestModel, trial: TrialResult): Markup {
  if (trial.failback === null) return html`<span class="sub">–</span>`;
  const statistics = test.trials.length > 1 ? test.statistics?.failback : null;
  return html`${statistics ? medianText(statistics) : gapText(trial.failback.gap)}<span class="sub"
      >${statistics && statistics.maxMs !== null && statistics.maxMs > 0 && `up to ${seconds(statistics.maxMs)} `}of
      ${limit(trial.failback.budgetMs)}</span
    >`;
}

function faultText({ fault }: TrialResult): string {
  if (fault === null) return "no fault";
  const where = [fault.target, ...Object.values(fault.params).map(String)].filter((text) => text !== "").join(", ");
  return `${fault.kind}${where === "" ? "" : `: ${where}`}`;
}

function legend(model: ReportModel): Markup {
  const repeated = model.tests.some((test) => test.trials.length > 1);
  return html`<p class="sub note legend-line">
    The shaded band ends at the
    budget${
      repeated
        ? html`. ● passed, <b class="tone-fail">×</b> failed, <b class="tone-fail">▷</b> never came back, □ proved nothing. The line below
            is the median with its 95 % interval`
        : html`; full colour is the least the gap can have been, pale colour the most`
    }.
  </p>`;
}

/** Says which trials have no pictures, so that nobody looks for them. */
function detailsNote(model: ReportModel, details: ReadonlyMap<string, Markup>): Markup | null {
  const trials = model.tests.reduce((sum, test) => sum + test.trials.length, 0);
  if (details.size === trials) return null;
  return html`<p class="sub note">
    ${details.size} of ${plural(trials, "trial")} are drawn in detail, of each test those that need most attention; every trial is in its
    test's table and in results.json.
  </p>`;
}
