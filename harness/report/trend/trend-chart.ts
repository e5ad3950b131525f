import { html, type Markup } from "../html/markup.js";
import { linearScale, px, tickLabel, ticks } from "../svg/scale.js";
import { gapText, limit, plural, VERDICT_WORDS } from "../words.js";
import type { RunPoint, TestTrend } from "./trend.js";

const WIDTH = 1136;
const LEFT = 62;
const RIGHT = 74;
const TOP = 26;
const PLOT_HEIGHT = 150;
const BOTTOM = TOP + PLOT_HEIGHT;
const HEIGHT = BOTTOM + 40;
/** Trials of one run stand side by side over this width, so that equal ones can be told apart. */
const SPREAD = 9;
/** Dates below the axis need this much room each. */
const DATE_WIDTH = 92;

/** One test over time: a mark for every trial, the medians as a line, the budget, where the level changed and what else did. */
export function trendChart(test: TestTrend): Markup {
  const { runs } = test;
  const x = timeAxis(runs);
  const top = Math.max(...runs.flatMap((run) => [run.budgetMs, ...run.trials.map(({ minMs, maxMs }) => maxMs ?? minMs)]), 100) * 1.08;
  const scale = linearScale(0, top, PLOT_HEIGHT);
  const y = (ms: number) => BOTTOM - scale.x(ms);
  return html`<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${description(test)}">
    ${ticks(0, top, 5).map(
      (ms) =>
        html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${px(y(ms))}" y2="${px(y(ms))}" /><text
            class="tick left"
            x="${LEFT - 8}"
            y="${px(y(ms) + 4)}"
            >${tickLabel(ms)}</text
          >`,
    )}
    ${dates(runs, x)}${budgetLine(runs, x, y)}${medianLine(runs, x, y)}${test.changes.map((change) => levelLine(change, runs, x))}
    ${runs.map((run, index) => [changeTick(run, x(index)), run.trials.map((trial, at) => trialMark(run, trial, at, x(index), y))])}
  </svg>`;
}

function description({ name, runs, changes }: TestTrend): string {
  const last = runs.at(-1);
  const trials = runs.reduce((sum, run) => sum + run.trials.length, 0);
  const latest = last === undefined ? "" : `; last median ${medianText(last)} of ${limit(last.budgetMs)}`;
  return `${name}: ${plural(trials, "trial")} in ${plural(runs.length, "run")}${latest}; ${plural(changes.length, "change")} of level`;
}

export function medianText({ medianMs, count }: RunPoint): string {
  if (count === 0) return "not measured";
  return medianMs === null ? "never came back" : `${(medianMs / 1000).toFixed(2)} s`;
}

/** Where a run stands: by its time; a single one in the middle. */
function timeAxis(runs: readonly RunPoint[]): (index: number) => number {
  const times = runs.map((run) => Date.parse(run.startedAt));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const width = WIDTH - LEFT - RIGHT - 2 * SPREAD;
  return (index) => LEFT + SPREAD + (last === first ? width / 2 : (((times[index] ?? first) - first) / (last - first)) * width);
}

function dates(runs: readonly RunPoint[], x: (index: number) => number): Markup[] {
  let free = 0;
  return runs.flatMap((run, index) => {
    const at = x(index);
    if (at - DATE_WIDTH / 2 < free) return [];
    free = at + DATE_WIDTH / 2;
    return [html`<text class="tick" x="${px(at)}" y="${HEIGHT - 4}">${run.startedAt.slice(0, 10)}</text>`];
  });
}

function budgetLine(runs: readonly RunPoint[], x: (index: number) => number, y: (ms: number) => number): Markup {
  const points = runs.map((run, index) => `${index === 0 ? `M${LEFT} ${px(y(run.budgetMs))}` : ""}H${px(x(index))}V${px(y(run.budgetMs))}`);
  const last = runs.at(-1)?.budgetMs ?? 0;
  return html`<path class="budget" d="${points.join("")}H${WIDTH - RIGHT}" /><text
      class="tick right"
      x="${WIDTH - RIGHT + 6}"
      y="${px(y(last) + 4)}"
      >budget</text
    >`;
}

/** Broken where a run has no median. */
function medianLine(runs: readonly RunPoint[], x: (index: number) => number, y: (ms: number) => number): Markup {
  let pen = "M";
  const path = runs.map(({ medianMs }, index) => {
    if (medianMs === null) {
      pen = "M";
      return "";
    }
    const step = `${pen}${px(x(index))} ${px(y(medianMs))}`;
    pen = "L";
    return step;
  });
  return html`<path class="median" d="${path.join("")}" />`;
}

function levelLine(change: TestTrend["changes"][number], runs: readonly RunPoint[], x: (index: number) => number): Markup {
  const index = runs.findIndex((run) => run.id === change.run);
  // Between the last run of the old level and the first of the new one.
  const at = (x(Math.max(index - 1, 0)) + x(index)) / 2;
  const slower = (change.afterMs ?? Infinity) > (change.beforeMs ?? Infinity);
  return html`<g class="level ${slower ? "slower" : "faster"}">
    <line x1="${px(at)}" x2="${px(at)}" y1="${TOP - 8}" y2="${BOTTOM}" /><text x="${px(at)}" y="${TOP - 13}">${shiftText(change)}</text>
  </g>`;
}

/** `+2.10 s`, `−0.40 s`; where a level has no end, that it has none. */
export function shiftText({ beforeMs, afterMs }: Pick<TestTrend["changes"][number], "beforeMs" | "afterMs">): string {
  if (afterMs === null) return "never comes back";
  if (beforeMs === null) return "comes back again";
  const shift = (afterMs - beforeMs) / 1000;
  return `${shift < 0 ? "−" : "+"}${Math.abs(shift).toFixed(2)} s`;
}

function changeTick(run: RunPoint, at: number): Markup | null {
  if (run.changed.length === 0) return null;
  const title = `${run.startedAt.slice(0, 10)}: ${run.changed.map(({ what }) => what).join(", ")}`;
  return html`<path class="changed" d="M${px(at)} ${BOTTOM + 3}l5 9h-10z"><title>${title}</title></path>`;
}

function trialMark(run: RunPoint, trial: RunPoint["trials"][number], index: number, centre: number, y: (ms: number) => number): Markup {
  const share = run.trials.length < 2 ? 0 : index / (run.trials.length - 1) - 0.5;
  const at = px(centre + share * SPREAD);
  const title = html`<title>
    ${run.startedAt.slice(0, 10)} trial ${trial.trial}: ${gapText(trial)}, ${VERDICT_WORDS[trial.verdict].word}
  </title>`;
  if (trial.maxMs === null) return html`<path class="endless" d="M${at} ${TOP - 6}l5 9h-10z">${title}</path>`;
  const middle = px(y((trial.minMs + trial.maxMs) / 2));
  if (trial.verdict === "fail") return html`<path class="miss" d="M${px(at - 3.5)} ${px(middle - 3.5)}l7 7m0 -7l-7 7">${title}</path>`;
  return html`<circle class="dot" cx="${at}" cy="${middle}" r="3">${title}</circle>`;
}
