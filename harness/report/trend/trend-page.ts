import { createHash } from "node:crypto";
import { badge } from "../html/badge.js";
import { html, raw, type Markup } from "../html/markup.js";
import { STYLE } from "../html/style.js";
import { limit, plural } from "../words.js";
import { medianText, shiftText, trendChart } from "./trend-chart.js";
import type { RunPoint, TestTrend, Trend } from "./trend.js";
import { TREND_STYLE } from "./trend-style.js";

/**
 * The history page: one self-contained file beside `runs/`, to whose reports it links. It has no script at all, so nothing can run in it,
 * and everything in it can be read as it stands.
 */
export function trendPage(trend: Trend): string {
  const policy = `default-src 'none'; style-src ${[STYLE, TREND_STYLE].map(hashOf).join(" ")}; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${raw(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>History · hachaos</title>
        <link rel="icon" href="data:," />
        ${raw(`<style>${STYLE}</style><style>${TREND_STYLE}</style>`)}
      </head>
      <body>
        <header class="top"><span class="brand">hachaos</span><span class="runid">history</span></header>
        <main>
          <section aria-labelledby="title">
            <h1 id="title">${heading(trend)}</h1>
            ${moved(trend)}${unreadable(trend)}
          </section>
          ${trend.tests.map(series)}
        </main>
        <footer>
          A dot is a trial, a cross one that failed, an arrow at the top one whose service never came back while it was watched. The line
          joins the medians of the runs, the dashed one is the budget. A triangle below marks a run that was made with something other than
          the one before. A vertical line is a change of level that chance makes in about two of a hundred such series.
        </footer>
      </body>
    </html>`.markup
  }\n`;
}

function heading({ tests }: Trend): string {
  const runs = new Set(tests.flatMap((test) => test.runs.map(({ id }) => id)));
  return runs.size === 0 ? "No run is stored" : `${plural(tests.length, "test")} in ${plural(runs.size, "run")}`;
}

function moved({ tests }: Trend): Markup {
  const found = tests.flatMap((test) => test.changes.map((change) => ({ test, change })));
  if (found.length === 0) return html`<p class="sub">No change of level was found; below ten runs none can be.</p>`;
  return html`<ul>
    ${found.map(({ test, change }) => html`<li><a href="#${idOf(test)}">${test.name}</a>: ${levelText(change)}</li>`)}
  </ul>`;
}

function levelText(change: TestTrend["changes"][number]): string {
  const level = (ms: number | null) => (ms === null ? "never back" : `${(ms / 1000).toFixed(2)} s`);
  return `${shiftText(change)} since ${change.startedAt.slice(0, 10)}, from ${level(change.beforeMs)} to ${level(change.afterMs)} (p ${change.p})`;
}

function unreadable(trend: Trend): Markup | null {
  if (trend.unreadable.length === 0) return null;
  return html`<p class="warning">
    ${plural(trend.unreadable.length, "stored run")} could not be read: ${trend.unreadable.map(({ id }) => id).join(", ")}. hachaos judge
    makes results from a run's history.
  </p>`;
}

function series(test: TestTrend): Markup {
  const last = test.runs.at(-1);
  return html`<section class="series" id="${idOf(test)}" aria-label="${test.name}">
    <div class="heading">
      <h2>${test.name} <span class="sub">${test.suite}</span></h2>
      ${last && html`<span class="num">last median ${medianText(last)} of ${limit(last.budgetMs)} ${badge(last.verdict)}</span>`}
    </div>
    <div class="scroll">${trendChart(test)}</div>
    <details>
      <summary>${plural(test.runs.length, "run")} as a table</summary>
      <div class="scroll">${runTable(test)}</div>
    </details>
  </section>`;
}

/** The newest first. */
function runTable(test: TestTrend): Markup {
  return html`<table class="plain">
    <thead>
      <tr>
        <th scope="col">Run</th>
        <th scope="col">Verdict</th>
        <th scope="col" class="num">Trials</th>
        <th scope="col" class="num">Median gap</th>
        <th scope="col" class="num">Longest</th>
        <th scope="col" class="num">Budget</th>
        <th scope="col">Changed since the run before</th>
      </tr>
    </thead>
    <tbody>
      ${test.runs.toReversed().map((run) => runRow(test, run))}
    </tbody>
  </table>`;
}

function runRow(test: TestTrend, run: RunPoint): Markup {
  const level = test.changes.find((change) => change.run === run.id);
  const changes = [
    ...(level ? [`level: ${levelText(level)}`] : []),
    ...run.changed.map(({ what, from, to }) => `${what}: ${from} → ${to}`),
  ];
  return html`<tr>
    <td>
      <a href="runs/${encodeURIComponent(run.id)}/index.html">${run.startedAt.slice(0, 16).replace("T", " ")}</a
      ><span class="sub">${run.id}</span>
    </td>
    <td>${badge(run.verdict)}</td>
    <td class="num">${run.trials.length}</td>
    <td class="num">${medianText(run)}</td>
    <td class="num">${longestText(run)}</td>
    <td class="num">${limit(run.budgetMs)}</td>
    <td>
      <ul class="changes">
        ${changes.map((text) => html`<li>${text}</li>`)}
      </ul>
    </td>
  </tr>`;
}

function longestText({ trials }: RunPoint): string {
  if (trials.length === 0) return "–";
  if (trials.some(({ maxMs }) => maxMs === null)) return "never back";
  return `${(Math.max(...trials.map(({ maxMs }) => maxMs ?? 0)) / 1000).toFixed(2)} s`;
}

/** Letters and digits of suite and name; what else they hold becomes a digest, so that no two tests share one. */
function idOf({ suite, name }: TestTrend): string {
  const readable = `${suite}-${name}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${readable}-${createHash("sha256")
    .update(JSON.stringify([suite, name]))
    .digest("hex")
    .slice(0, 6)}`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
