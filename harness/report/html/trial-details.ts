import type { TestModel } from "../model.js";
import type { TrialView } from "../trial-view.js";
import { limit } from "../words.js";
import { adviceList } from "./advice-list.js";
import { badge } from "./badge.js";
import { budgetTable } from "./budget-table.js";
import { commandList } from "./command-list.js";
import { constraintList } from "./constraint-list.js";
import { failbackSection } from "./failback-section.js";
import { lead } from "./lead.js";
import { logTable } from "./log-table.js";
import { html, type Markup } from "./markup.js";
import type { PhaseBaseline } from "./phase-baselines.js";
import { qualityList } from "./quality-list.js";
import { timeFigure } from "./time-figure.js";
import { topologyRow } from "./topology-row.js";
import { trialFacts } from "./trial-facts.js";
import { waterfall } from "./waterfall.js";

/** One trial in detail: what came of it, its time axis, where each second went, what was broken, and the evidence for all of it. */
export function trialDetails(test: TestModel, view: TrialView, baselines: readonly PhaseBaseline[]): Markup {
  const { result } = view;
  const phases = waterfall(view, result.phases, baselines);
  const frames = topologyRow(view);
  return html`<section class="trial card" id="${view.id}" tabindex="-1" aria-label="Trial ${result.trial}">
    ${test.trials.length > 1 && html`<h3 class="trial-title">Trial ${result.trial} ${badge(result.verdict)}</h3>`}
    ${lead(view)}${trialFacts(view)}
    <div class="part">
      <h3>What happened when</h3>
      ${timeFigure(view, `${test.name}: what happened when`)}
    </div>
    ${
      phases &&
      html`<div class="part">
        <h3>Where each second went</h3>
        ${phases}${adviceList(result.advice ?? [])}
      </div>`
    }
    <div class="part columns">
      <div>
        <h3>Constraints</h3>
        ${constraintList(view)}
      </div>
      <div>
        <h3>Budget ${limit(result.budgetMs)}</h3>
        ${budgetTable(result.budget)}
      </div>
    </div>
    ${
      frames &&
      html`<div class="part">
        <h3>The cluster before, during and after</h3>
        ${frames}
      </div>`
    }
    ${failbackSection(view)}
    <div class="part">
      <h3>Logs of all nodes</h3>
      ${logTable(view)}
    </div>
    <div class="part">
      <h3>How well it was measured</h3>
      ${qualityList(view)}
    </div>
    ${commandList(view)}
  </section>`;
}
