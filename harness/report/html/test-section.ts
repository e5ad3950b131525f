import { byAttention } from "../drawn-trials.js";
import type { TestModel } from "../model.js";
import { gapText, plural } from "../words.js";
import { badge } from "./badge.js";
import { configuration } from "./configuration.js";
import { html, type Markup } from "./markup.js";
import { otherTrials } from "./other-trials.js";
import { served } from "./served.js";

/** Trials with a row of their own, those that need most attention; a browser takes seconds to lay out thousands. */
const ROWS = 200;

/**
 * One test's page. `details` holds the markup of `trialDetails` by view id, for the trials that fit into the page's budget of bytes; the
 * script shows the page when it is asked for, and tells by the event `hachaos:page` (detail: page, first, target).
 */
export function testSection(test: TestModel, details: ReadonlyMap<string, Markup>): Markup {
  const gap = test.shown && gapText(test.shown.gap);
  const drawn = test.views.filter((view) => details.has(view.id));
  const definition = test.views.find((view) => view.definition !== null)?.definition;
  return html`<div class="test-head">
      <div>
        <p class="sub">${test.suite}</p>
        <h2 tabindex="-1">${test.name}</h2>
      </div>
      <span class="glance">${gap && html`<span class="num">${gap === "none" ? "no gap" : gap}</span>`}${badge(test.verdict)}</span>
    </div>
    ${drawn.length > 1 && picker(drawn)}${test.trials.length > 1 && trialTable(test, drawn)}${drawn.map((view) => details.get(view.id))}${definition && html`<div class="card body">${configuration(definition)}</div>`}`;
}

/** One link per pictured trial; the arrow keys step through them. */
function picker(drawn: TestModel["views"]): Markup {
  return html`<nav class="picker needs-script" aria-label="Trials in detail">
    ${[...drawn]
      .sort((a, b) => a.result.trial - b.result.trial)
      .map(
        ({ id, result }) =>
          html`<a href="#${id}" class="v-${result.verdict}"
            ><b>Trial ${result.trial}</b> <span class="num">${gapText(result.gap)}</span></a
          >`,
      )}
  </nav>`;
}

function trialTable(test: TestModel, drawn: TestModel["views"]): Markup {
  const worst = new Set([...test.trials].sort(byAttention).slice(0, ROWS));
  const listed = test.trials.filter((trial) => worst.has(trial));
  const pageOf = new Map(drawn.map((view) => [view.result, view.id]));
  return html`<details class="fold trials" open>
    <summary>${plural(test.trials.length, "trial")}, ${drawn.length} in detail</summary>
    <div class="scroll">
      <table class="compact">
        <thead>
          <tr>
            <th scope="col">Trial</th>
            <th scope="col">Verdict</th>
            <th scope="col" class="num">Gap</th>
            <th scope="col" class="num">Failback</th>
            <th scope="col">Served by</th>
          </tr>
        </thead>
        <tbody>
          ${listed.map((trial) => {
            const id = pageOf.get(trial);
            return html`<tr>
              <td>${id === undefined ? trial.trial : html`<a href="#${id}">${trial.trial}</a>`}</td>
              <td>${badge(trial.verdict)}</td>
              <td class="num">${gapText(trial.gap)}</td>
              <td class="num">${trial.failback ? gapText(trial.failback.gap) : "–"}</td>
              <td>${served(trial)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${otherTrials(test.trials.filter((trial) => !worst.has(trial)))}
  </details>`;
}
