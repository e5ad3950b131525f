import type { TrialResult } from "../../check/results.js";
import type { SampleStatistics } from "../../timing/statistics.js";
import { html, raw, type Markup } from "../html/markup.js";
import { gapText, limit, plural, seconds } from "../words.js";
import { px } from "./scale.js";

const WIDTH = 236;
const HEIGHT = 24;
/** Trials that never came back stand here, behind the axis' end. */
const ENDLESS_X = WIDTH - 7;
const PLOT = WIDTH - 16;
/** While all is well the budget stands here in every row, so rows compare as shares of their budgets. */
const BUDGET_X = 176;
const MIDDLE = 10;
/** Marks of one column of this width are stacked outwards from the middle; the sixth hides behind the others of its kind. */
const COLUMN = 3;
const STACK = [0, -3.2, 3.2, -6.4, 6.4];

/**
 * Every trial's gap against the budget: a dot passed, a cross failed, a square proves nothing, an open arrow never came back. Below it the
 * median with its interval. One path for each kind of mark and at most five marks in a column, so that thousands of trials stay a small
 * picture; a failure may hide behind another failure, never behind a trial that passed.
 */
export function stripPlot(trials: readonly TrialResult[], budgetMs: number, statistics: SampleStatistics | null): Markup {
  const longest = trials.reduce((most, { gap }) => Math.max(most, gap?.maxMs ?? gap?.minMs ?? 0), 0);
  const perMs = Math.min(BUDGET_X / Math.max(budgetMs, 1), PLOT / Math.max(longest, 1));
  const x = (ms: number): number => 3 + ms * perMs;
  const standing = new Map<string, number>();
  const paths: Record<Kind, string> = { fail: "", open: "", void: "", pass: "" };
  for (const trial of trials) {
    if (trial.gap === null) continue;
    const kind = kindOf(trial);
    const at = kind === "open" ? ENDLESS_X : x((trial.gap.minMs + (trial.gap.maxMs ?? trial.gap.minMs)) / 2);
    // Each kind has a stack of its own, so none is left out because of another.
    const column = `${kind}${Math.round(at / COLUMN)}`;
    const height = standing.get(column) ?? 0;
    const offset = STACK[height];
    if (offset === undefined) continue;
    standing.set(column, height + 1);
    paths[kind] += MARKS[kind](px(at), px(MIDDLE + offset));
  }
  const budgetX = px(x(budgetMs));
  const median = statistics?.median;
  return html`<svg
    class="strip"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width="${WIDTH}"
    height="${HEIGHT}"
    role="img"
    aria-label="${stripText(trials, budgetMs, statistics)}"
  >
    <rect class="track" x="0" y="1" width="${budgetX}" height="18" rx="3" />
    ${KINDS.map((kind) => paths[kind] !== "" && html`<path class="d-${kind}" d="${raw(paths[kind])}" />`)}${median && median.ms !== null && trials.length > 1 && html`<path class="median" d="M${px(x(median.lowMs ?? 0))} 22H${median.highMs === null ? WIDTH : px(x(median.highMs))}M${px(x(median.ms))} 19.5V24" />`}
    <line class="budget" x1="${budgetX}" x2="${budgetX}" y1="0" y2="20" />
  </svg>`;
}

type Kind = "fail" | "open" | "void" | "pass";

/** Drawn in this order, so that what failed lies on top. */
const KINDS: readonly Kind[] = ["pass", "void", "open", "fail"];

const MARKS: Record<Kind, (x: number, y: number) => string> = {
  pass: (x, y) => `M${x} ${y}h0`,
  fail: (x, y) => `M${px(x - 2.4)} ${px(y - 2.4)}l4.8 4.8m0-4.8l-4.8 4.8`,
  void: (x, y) => `M${px(x - 2)} ${px(y - 2)}h4v4h-4z`,
  open: (x, y) => `M${px(x - 2)} ${px(y - 3)}l5 3l-5 3z`,
};

function kindOf(trial: TrialResult): Kind {
  if (trial.gap?.maxMs === null) return "open";
  return trial.verdict === "pass" ? "pass" : trial.verdict === "fail" ? "fail" : "void";
}

/** The same in words: `20 trials: 0.95–6.20 s, median 5.48 s; 2 failed, 1 never came back; budget 31 s`. */
function stripText(trials: readonly TrialResult[], budgetMs: number, statistics: SampleStatistics | null): string {
  const ended = trials.flatMap(({ gap }) => (gap === null || gap.maxMs === null ? [] : [(gap.minMs + gap.maxMs) / 2]));
  const [least, most] = ended.reduce(([low, high], ms) => [Math.min(low, ms), Math.max(high, ms)], [Infinity, 0]);
  const counts = (["fail", "open", "void"] as const).flatMap((kind) => {
    const count = trials.filter((trial) => kindOf(trial) === kind).length;
    return count === 0 ? [] : [`${count} ${{ fail: "failed", open: "never came back", void: "proved nothing" }[kind]}`];
  });
  const median = statistics?.median?.ms;
  return [
    `${plural(trials.length, "trial")}${ended.length > 0 ? `: ${gapText({ minMs: least, maxMs: most })}` : ""}${median === undefined || median === null ? "" : `, median ${seconds(median)}`}`,
    ...(counts.length > 0 ? [counts.join(", ")] : []),
    `budget ${limit(budgetMs)}`,
  ].join("; ");
}
