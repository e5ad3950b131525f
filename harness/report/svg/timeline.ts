import { html, raw, type Markup } from "../html/markup.js";
import type { Lane, Row, Span } from "../lanes/lane.js";
import type { TrialView } from "../trial-view.js";
import { markPaths } from "./mark-paths.js";
import { safeColour } from "./safe-colour.js";
import { linearScale, px, tickLabel, ticks, type Scale } from "./scale.js";

/** Drawing units = CSS pixels at the page's full width. */
const WIDTH = 1136;
const GUTTER = 216;
const PLOT = WIDTH - GUTTER - 8;
const ROW = 17;
const BAR = 12;
const LANE_GAP = 11;
const HEAD = 30;
/** Axis labels keep this distance from the plot's ends, or they would be cut off. */
const EDGE = 17;
/** Average advance of the 11 px label font; only decides whether a label fits. */
const CHAR = 6.4;
/** The same for the 12 px bold lane titles. */
const TITLE_CHAR = 7.4;

/**
 * The lanes of a trial over one time axis. The marks lie in a drawing of their own whose x unit is a millisecond, so that zooming is one
 * change of its viewBox and every mark stays where it was measured; the grid lies below and text above it, unstretched. Readable as it stands.
 */
export function timeline(view: Pick<TrialView, "fromMs" | "toMs" | "lanes" | "dark">, title: string): Markup {
  const scale = linearScale(view.fromMs, view.toMs, PLOT);
  const { lanes, height } = place(view.lanes);
  const rows = lanes.flatMap((lane) => lane.rows);
  const span = Math.round(view.toMs - view.fromMs);
  const at = (ms: number): number => Math.round(ms - view.fromMs);
  return html`<svg
    class="timeline"
    viewBox="0 0 ${WIDTH} ${height}"
    role="img"
    aria-label="${title}"
    data-from="${Math.round(view.fromMs)}"
    data-to="${Math.round(view.toMs)}"
    data-rows="${rows.map((row) => String(row.y)).join(" ")}"
  >
    <g class="labels">${lanes.map(laneLabels)}</g>
    <svg class="under" x="${GUTTER}" y="0" width="${PLOT}" height="${height}">${axis(scale, height)}</svg>
    <svg class="plot" x="${GUTTER}" y="0" width="${PLOT}" height="${height}" viewBox="0 0 ${span} ${height}" preserveAspectRatio="none">
      ${view.dark.map(({ fromMs, toMs }) => html`<rect class="dark" x="${at(fromMs)}" y="${HEAD - 4}" width="${Math.max(1, at(toMs) - at(fromMs))}" height="${height - HEAD}" />`)}
      ${rows.map((row) => markPaths(row.marks, view.fromMs, row.y, BAR).map(({ name, colour, path }) => html`<path class="${name}" ${colour === null ? null : html` fill="${safeColour(colour)}"`} d="${raw(path)}" />`))}
    </svg>
    <svg class="over" x="${GUTTER}" y="0" width="${PLOT}" height="${height}">
      ${rows.map((row) => row.marks.map((mark) => (mark.kind === "span" && mark.label !== "" ? inside(mark, row.y, scale) : null)))}
      <line class="cursor" y1="${HEAD - 6}" y2="${height}" visibility="hidden" />
      <rect class="brush" y="${HEAD - 6}" height="${height - HEAD + 6}" visibility="hidden" />
    </svg>
  </svg>`;
}

interface PlacedRow extends Row {
  y: number;
}
interface PlacedLane {
  title: string;
  y: number;
  rows: PlacedRow[];
}

function place(lanes: readonly Lane[]): { lanes: PlacedLane[]; height: number } {
  let y = HEAD + 4;
  const placed = lanes.map((lane) => {
    const top = y;
    const rows = lane.rows.map((row, index) => ({ ...row, y: top + index * ROW }));
    y += lane.rows.length * ROW + LANE_GAP;
    return { title: lane.title, y: top, rows };
  });
  return { lanes: placed, height: y };
}

function laneLabels(lane: PlacedLane): Markup {
  const title = shorten(lane.title, 19);
  // Only the first row shares its line with the lane's title.
  const room = (index: number): number => (GUTTER - 20 - (index === 0 ? title.length * TITLE_CHAR : 0)) / CHAR;
  const labels = lane.rows.map((row, index) => {
    const label = shorten(row.label, Math.floor(room(index)));
    return html`<text class="row" x="${GUTTER - 12}" y="${row.y + 10}"
      >${label}${label !== row.label && html`<title>${row.label}</title>`}</text
    >`;
  });
  return html`<text class="lane" x="0" y="${lane.y + 10}">${title}<title>${lane.title}</title></text>${labels}<line
      class="rule"
      x1="0"
      x2="${WIDTH}"
      y1="${lane.y - 6}"
      y2="${lane.y - 6}"
    />`;
}

function axis(scale: Scale, height: number): Markup {
  const marks = ticks(scale.fromMs, scale.toMs, 12).map((ms) => {
    const x = px(scale.x(ms));
    return html`<line class="${ms === 0 ? "zero" : "grid"}" x1="${x}" x2="${x}" y1="${HEAD - 6}" y2="${height}" /><text
        class="${ms === 0 ? "tick zero" : "tick"}"
        x="${px(Math.min(Math.max(x, EDGE), scale.width - EDGE))}"
        y="${HEAD - 13}"
        >${tickLabel(ms)}</text
      >`;
  });
  return html`<g class="axis" data-y1="${HEAD - 6}" data-y2="${height}" data-ty="${HEAD - 13}">${marks}</g>`;
}

/** Text inside a span; the script moves it with the span and hides it where it does not fit. */
function inside(span: Span, y: number, scale: Scale): Markup {
  const x = scale.x(span.fromMs);
  const fits = span.label.length * CHAR + 8 < scale.x(span.toMs) - x;
  return html`<text
    class="in ${span.colour === undefined ? (span.look === "hatched" ? "own" : `i-${span.tone}`) : "own"}"
    x="${px(x + 5)}"
    y="${y + 9.5}"
    data-a="${Math.round(span.fromMs)}"
    data-b="${Math.round(span.toMs)}"
    ${fits ? null : html` visibility="hidden"`}
    >${span.label}</text
  >`;
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
