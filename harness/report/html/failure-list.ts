import type { ReportModel } from "../model.js";
import { html, type Markup } from "./markup.js";

/** Failures first: what broke, against which number, where, what shows it, and what to do. */
export function failureList(model: ReportModel): Markup | null {
  if (model.failures.length === 0) return null;
  return html`<section class="failures" aria-labelledby="failures-title">
    <h2 id="failures-title">What went wrong</h2>
    ${model.failures.map(
      (failure) =>
        html`<article class="failure v-${failure.verdict}">
          <p class="place">${failure.testId === null ? failure.where : html`<a href="#${failure.testId}">${failure.where}</a>`}</p>
          ${failure.findings.map((finding) => html`<p class="finding"><b>${finding.what}</b> ${finding.text}</p>`)}${failure.numbers && html`<p class="meta num">${failure.numbers}</p>`}${failure.evidence && html`<p class="meta mono">${failure.evidence}</p>`}
          <p class="hint">${failure.hint}</p>
        </article>`,
    )}
  </section>`;
}
