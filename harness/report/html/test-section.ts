import type { TrialResult } from "../../check/results.js";
import type { TestModel } from "../model.js";
import { timeline } from "../svg/timeline.js";
import { topology } from "../svg/topology.js";
import type { TrialView } from "../trial-view.js";
import { duration, gapText, limit, plural } from "../words.js";
import { badge } from "./badge.js";
import { budgetTable } from "./budget-table.js";
import { constraintList } from "./constraint-list.js";
import { logTable } from "./log-table.js";
import { html, type Markup } from "./markup.js";
import { phaseTable } from "./phase-table.js";
import { served } from "./served.js";

/**
 * One test's page. `details` holds the markup of `trialDetails` by view id, for the trials that fit into the page's budget of bytes; the
 * script shows the page when it is asked for, and tells by the event `hachaos:page` (detail: page, first, target).
 */
export function testSection(test: TestModel, details: ReadonlyMap<string, Markup>): Markup {
  const gap = test.shown && gapText(test.shown.gap);
  return html`<div class="test-head">
      <div>
        <p class="sub">${test.suite}</p>
        <h2 tabindex="-1">${test.name}</h2>
      </div>
      <span class="glance">${gap && html`<span class="num">${gap === "none" ? "no gap" : gap}</span>`}${badge(test.verdict)}</span>
    </div>
    ${test.trials.length > 1 && trialTable(test, details)}${test.views.map((view) => details.get(view.id))}`;
}

function trialTable(test: TestModel, details: ReadonlyMap<string, Markup>): Markup {
  const drawn = test.views.filter((view) => details.has(view.id)).length;
  const hidden = test.trials.length - drawn;
  return html`<table class="plain">
      <thead>
        <tr>
          <th>Trial</th>
          <th>Verdict</th>
          <th class="num">Gap</th>
          <th class="num">Failback</th>
          <th>Served by</th>
        </tr>
      </thead>
      <tbody>
        ${test.trials.map(
          (trial) =>
            html`<tr>
              <td>${trial.trial}</td>
              <td>${badge(trial.verdict)}</td>
              <td class="num">${gapText(trial.gap)}</td>
              <td class="num">${trial.failback ? gapText(trial.failback.gap) : "–"}</td>
              <td>${served(trial)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${hidden > 0 && html`<p class="sub">Pictures for the ${drawn} trials that need most attention; ${plural(hidden, "other trial")} in the table only.</p>`}`;
}

/** One trial in full: finding, time axis, constraints, topology, budgets and log. */
export function trialDetails(test: TestModel, view: TrialView): Markup {
  const { result } = view;
  const { failback } = result;
  return html`<section class="trial card" id="${view.id}" tabindex="-1" aria-label="Trial ${result.trial}">
    ${test.trials.length > 1 && html`<h3 class="trial-title">Trial ${result.trial} ${badge(result.verdict)}</h3>`} ${findings(view)}
    ${timeFigure(view, `${test.name}: what happened when`)}
    <div class="columns">
      <div>
        <h3>Constraints</h3>
        ${constraintList(view)}
        <h3>Budget ${limit(result.budgetMs)}</h3>
        ${budgetTable(result.budget)}
      </div>
      <div>
        ${
          view.definition &&
          view.drawing &&
          html`<h3>While the fault held</h3>
            <figure class="topo" tabindex="0" aria-label="Topology">
              ${topology(view.definition, view.drawing, { before: result.servedBefore, during: result.servedAfter })}
            </figure>`
        }${phaseTable(view)}${
          failback &&
          html`<h3>Failback budget ${limit(failback.budgetMs)}</h3>
            ${budgetTable(failback.budget)}`
        }
      </div>
    </div>
    ${logTable(view)}
  </section>`;
}

function findings({ result, faultText }: TrialView): Markup {
  const moved = result.servedBefore !== result.servedAfter;
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
      : moved
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

function timeFigure(view: TrialView, title: string): Markup {
  if (view.lanes.every((lane) => lane.rows.every((row) => row.marks.length === 0)))
    return html`<p class="sub">The history holds no observation of this trial.</p>`;
  const { probes } = view.result;
  const failed = Object.entries(view.outcomes)
    .filter(([outcome]) => outcome !== "ok")
    .map(([outcome, count]) => `${count} ${outcome}`);
  const dark = view.dark[0];
  return html`<figure
    class="time"
    tabindex="0"
    aria-label="${title}. Plus and minus zoom, arrow keys move, 0 shows all."
    ${dark && html` data-gap="${dark.fromMs} ${dark.toMs}"`}
  >
    <div class="tools needs-script">
      <output class="readout" aria-live="off"></output
      ><span class="help">drag to zoom, or + − ← → 0</span>${dark && html`<button type="button" data-zoom="gap">Gap</button>`}<button
        type="button"
        data-zoom="in"
        aria-label="Zoom in"
      >
        +</button
      ><button type="button" data-zoom="out" aria-label="Zoom out">−</button><button type="button" data-zoom="all">All</button>
    </div>
    <div class="scroll">${timeline(view, title)}</div>
    <figcaption>
      <span class="legend"
        >${view.nodes.map((node, index) => html`<span><i class="key k-n${index % 6}"></i>${node}</span>`)}<span
          ><i class="key k-fail"></i>refused or reset</span
        ><span><i class="key k-half"></i>timeout or unreachable</span><span><i class="key k-dark"></i>no service</span></span
      ><span class="num"
        >${probes.total} requests, one each ${probes.periodMs}
        ms${failed.length > 0 ? `; failed: ${failed.join(", ")}` : ", none failed"}${probes.late > 0 ? `; ${probes.late} sent late` : ""}. 0
        = ${view.drawing ? "fault proven" : "start"}; ${duration(view.toMs - view.fromMs)} shown.</span
      >
    </figcaption>
  </figure>`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
