import type { ReportModel } from "../model.js";
import { ATTENTION, duration, gapText, plural, VERDICT_WORDS } from "../words.js";
import { html, type Markup } from "./markup.js";

/** The first thing read: the verdict, how many, the worst gap, what the exit code means and how to run it again. */
export function banner(model: ReportModel): Markup {
  const { verdict, run } = model.results;
  const words = VERDICT_WORDS[verdict];
  const counts = ATTENTION.filter((each) => model.counts[each] > 0).map((each) => `${model.counts[each]} ${VERDICT_WORDS[each].word}`);
  const { worst } = model;
  return html`<section class="banner v-${verdict}" aria-label="Verdict">
    <div class="verdict">
      <span class="sign" aria-hidden="true">${words.symbol}</span>
      <div>
        <h1>${sentence(model)}</h1>
        <p>${counts.length > 0 ? counts.join(" · ") : "no test ran"}</p>
      </div>
    </div>
    <dl class="facts">
      <div>
        <dt>Longest gap</dt>
        <dd>
          ${worst ? gapText(worst.trial.gap) : "none"}${worst && html`<a class="sub" href="#${worst.test.id}">${worst.test.name}</a>`}
        </dd>
      </div>
      <div>
        <dt>Exit code ${words.exit}</dt>
        <dd class="text">${words.meaning}</dd>
      </div>
      <div>
        <dt>Run</dt>
        <dd class="text">
          <time datetime="${run.startedAt}">${when(run.startedAt)}</time
          >${model.durationMs !== null && html`, took ${duration(model.durationMs)}`}<br />seed ${run.seed}, provider ${run.provider}
        </dd>
      </div>
    </dl>
    <div class="rerun"><span>Run it again</span><code>${model.rerun}</code></div>
  </section>`;
}

function sentence(model: ReportModel): string {
  const total = model.tests.length;
  const { verdict } = model.results;
  if (verdict === "pass") return total === 1 ? "The test passed" : `All ${total} tests passed`;
  if (verdict === "interrupted") return `Interrupted after ${plural(total, "test")}`;
  const count = model.counts[verdict];
  return count === 0
    ? { fail: "Failed", invalid: "Nothing was proven", error: "The lab failed" }[verdict]
    : `${count} of ${plural(total, "test")} ${{ fail: "failed", invalid: "proved nothing", error: "lost the lab" }[verdict]}`;
}

function when(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
