import { html, raw, type Markup } from "../html/markup.js";
import type { Sample } from "../../timing/statistics.js";
import { plural, seconds } from "../words.js";
import { px } from "./scale.js";

const WIDTH = 236;
const HEIGHT = 26;
const PLOT = WIDTH - 18;
const ENDLESS_X = WIDTH - 8;

/** Every trial of two runs on one axis from zero: the earlier above, this one below. What never came back stands as an open arrow at the end. */
export function twinStrip(before: Sample, now: Sample): Markup {
  const longest = [...before, ...now].reduce<number>((most, ms) => Math.max(most, ms ?? 0), 0);
  const x = (ms: number): number => 4 + (ms / Math.max(longest, 1)) * PLOT;
  return html`<svg
    class="strip twin"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width="${WIDTH}"
    height="${HEIGHT}"
    role="img"
    aria-label="before ${sampleText(before)}; now ${sampleText(now)}"
  >
    <path class="axis" d="M4 13H${WIDTH - 14}" />
    ${marks(before, 6.5, "before", x)}${marks(now, 19.5, "now", x)}
  </svg>`;
}

function marks(sample: Sample, y: number, side: "before" | "now", x: (ms: number) => number): Markup {
  // Trials on the same spot are one mark: a set of positions, not of trials.
  const dots = new Set(sample.flatMap((ms) => (ms === null ? [] : [`M${Math.round(x(ms) * 2) / 2} ${y}h0`])));
  return html`<path
      class="${side}"
      d="${raw([...dots].join(""))}"
    />${sample.includes(null) && html`<path class="d-open" d="M${px(ENDLESS_X - 2)} ${y - 3}l5 3l-5 3z" />`}`;
}

function sampleText(sample: Sample): string {
  const ended = sample.filter((ms) => ms !== null);
  const never = sample.length - ended.length;
  const [least, most] = ended.reduce(([low, high], ms) => [Math.min(low, ms), Math.max(high, ms)], [Infinity, 0]);
  const range = ended.length === 0 ? "" : ` from ${seconds(least)} to ${seconds(most)}`;
  return `${plural(sample.length, "trial")}${range}${never > 0 ? `, ${never} never came back` : ""}`;
}
