import type { Failure } from "../failures.js";
import type { ReportModel } from "../model.js";
import { plural } from "../words.js";
import { html, type Markup } from "./markup.js";

/** More than these nobody reads one after another; the table below has every test. */
const MOST = 20;

/** Failures first: what broke, against which number, where, what shows it, and what to do. */
export function failureList(model: ReportModel): Markup | null {
  const { failures } = model;
  if (failures.length === 0) return null;
  const more = failures.length - MOST;
  return html`<section class="failures" aria-labelledby="failures-title">
    <h2 id="failures-title">What went wrong</h2>
    ${failures.slice(0, MOST).map((failure) => failureCard(failure))}${more > 0 && html`<p class="sub note">${plural(more, "more kind")} of failure: the tests below have them all.</p>`}
  </section>`;
}

function failureCard(failure: Failure): Markup {
  return html`<article class="failure v-${failure.verdict}">
    <p class="place">${failure.testId === null ? failure.where : html`<a href="#${failure.testId}">${failure.where}</a>`}</p>
    ${failure.findings.map((finding) => html`<p class="finding"><b>${finding.what}</b> ${finding.text}</p>`)}${
      failure.numbers &&
      html`<p class="meta num">
        ${failure.trials.length > 1 && html`the worst, <a href="#${failure.testId}--${failure.worstTrial}">trial ${failure.worstTrial}</a>: `}${failure.numbers}
      </p>`
    }${failure.evidence && html`<p class="meta mono">${failure.evidence}</p>`}
    <p class="hint">${failure.hint}</p>
  </article>`;
}
