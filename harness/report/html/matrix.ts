import type { ReportModel, TestModel } from "../model.js";
import { gapText, plural, seconds, VERDICT_WORDS } from "../words.js";
import { html, type Markup } from "./markup.js";

/** More columns than this do not fit beside each other. */
const MOST = 8;

/**
 * The same test in several suites side by side: a row for each test, a column for each suite. Nothing when there is one suite, or when
 * the suites have no test in common: then the table of tests says it all.
 */
export function matrix(model: ReportModel): Markup | null {
  const suites = [...new Set(model.tests.map((test) => test.suite))];
  const names = [...new Set(model.ranked.map((test) => test.name))];
  if (suites.length < 2 || suites.length > MOST || names.length === model.tests.length) return null;
  const cells = new Map(model.tests.map((test) => [`${test.name}\n${test.suite}`, test]));
  return html`<section aria-labelledby="matrix-title">
    <h2 id="matrix-title">Side by side</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="matrix-title">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Test</th>
            ${suites.map((suite) => html`<th scope="col">${suite}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${names.map(
            (name) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${suites.map((suite) => matrixCell(cells.get(`${name}\n${suite}`)))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** The colour is the verdict; how long it took is written. */
function matrixCell(test: TestModel | undefined): Markup {
  if (!test) return html`<td class="absent">–</td>`;
  const { word, symbol } = VERDICT_WORDS[test.verdict];
  const median = test.trials.length > 1 ? test.statistics?.gap.median?.ms : undefined;
  const gap = median === undefined || median === null ? gapText(test.shown?.gap) : `median ${seconds(median)}`;
  return html`<td class="v-${test.verdict}">
    <a href="#${test.id}"
      ><span aria-hidden="true">${symbol}</span><span class="visually-hidden">${word}, </span
      ><span class="num">${gap}</span>${test.trials.length > 1 && html`<span class="sub">${plural(test.trials.length, "trial")}</span>`}</a
    >
  </td>`;
}
