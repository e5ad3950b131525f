import type { ReportModel } from "../model.js";
import type { Difference } from "../../check/comparison.js";
import { ATTENTION, duration, gapText, plural, VERDICT_WORDS } from "../words.js";
import { html, type Markup } from "./markup.js";

/** The first thing read: the verdict, how many, the worst gap, what the exit code means and how to run it again. */
export function banner(model: ReportModel): Markup {
  const { verdict, run } = model.results;
  const words = VERDICT_WORDS[verdict];
  const counts = ATTENTION.filter((each) => model.counts[each] > 0).map((each) => `${model.counts[each]} ${VERDICT_WORDS[each].word}`);
  const { worst } = model;
  const trials = model.tests.reduce((sum, test) => sum + test.trials.length, 0);
  return html`<section class="banner v-${verdict}" aria-label="Verdict">
    <div class="verdict">
      <span class="sign" aria-hidden="true">${words.symbol}</span>
      <div>
        <h1>${sentence(model)}</h1>
        <p>
          ${counts.length > 0 ? counts.join(" · ") : "no test ran"}${trials > model.tests.length && html`<span class="sub"> in ${trials} trials</span>`}
        </p>
      </div>
    </div>
    <dl class="facts">
      <div>
        <dt>Longest gap</dt>
        <dd>
          ${worst ? gapText(worst.trial.gap) : "none"}${worst && html`<a class="sub" href="#${worst.test.id}--${worst.trial.trial}">${worst.test.name}${worst.test.trials.length > 1 && `, trial ${worst.trial.trial}`}</a>`}
        </dd>
      </div>
      <div>
        <dt>Against the baseline</dt>
        ${regressions(model)}
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
    <div class="rerun">
      <span>Run it again</span><code id="rerun">${model.rerun}</code
      ><button type="button" class="needs-script quiet" data-copy="rerun" aria-label="Copy the command">Copy</button>
    </div>
  </section>`;
}

function regressions({ comparison }: ReportModel): Markup {
  if (comparison === null) return html`<dd class="text">none given; <code>--baseline</code> compares with an earlier run</dd>`;
  const count = (verdict: Difference): number => comparison.rows.filter((row) => row.what !== "phase" && row.verdict === verdict).length;
  const [slower, faster] = [count("slower"), count("faster")];
  const words = [...(slower > 0 ? [`${slower} slower`] : []), ...(faster > 0 ? [`${faster} faster`] : [])];
  return html`<dd class="${slower > 0 ? "tone-fail" : ""}">
    ${words.length > 0 ? words.join(", ") : "no difference"}<a class="sub" href="#differences-title">${comparison.baseline.id}</a>
  </dd>`;
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
