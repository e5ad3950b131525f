import { html, type Markup } from "../html/markup.js";
import type { Lane, Mark, Row, Span, Tick } from "../lanes/lane.js";
import type { TrialView } from "../trial-view.js";
import { safeColour } from "./safe-colour.js";
import { linearScale, px, tickLabel, ticks, type Scale } from "./scale.js";

/** Drawing units = CSS pixels at the page's full width. */
const WIDTH = 1136;
const GUTTER = 216;
const PLOT = WIDTH - GUTTER - 8;
const ROW = 17;
const BAR = 12;
const LANE_GAP = 13;
const HEAD = 30;
/** Axis labels keep this distance from the plot's ends, or they would be cut off. */
const EDGE = 17;
/** Least width of a mark that must not vanish, however far the axis is zoomed out. */
const LEAST = 1.6;
/** Average advance of the 11 px label font; only decides whether a label fits. */
const CHAR = 6.4;
/** The same for the 12 px bold lane titles. */
const TITLE_CHAR = 7.4;

/** The lanes of a trial over one time axis. Readable as it stands; the page's script adds cursor and zoom. */
export function timeline(view: TrialView, title: string): Markup {
  const scale = linearScale(view.fromMs, view.toMs, PLOT);
  const placed = place(view.lanes);
  const height = placed.height;
  return html`<svg
    class="timeline"
    viewBox="0 0 ${WIDTH} ${height}"
    role="img"
    aria-label="${title}"
    data-from="${px(view.fromMs)}"
    data-to="${px(view.toMs)}"
  >
    <g class="labels">${placed.lanes.map(laneLabels)}</g>
    <svg class="plot" x="${GUTTER}" y="0" width="${PLOT}" height="${height}">
      ${view.dark.map((band) => html`<rect class="dark" x="${px(scale.x(band.fromMs))}" y="${HEAD - 4}" width="${px(Math.max(1, scale.x(band.toMs) - scale.x(band.fromMs)))}" height="${height - HEAD}" />`)}${axis(scale, height)}${placed.lanes.map((lane) => lane.rows.map((row) => rowMarks(row, scale)))}
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
  const labels = lane.rows.map(
    (row, index) =>
      html`<text class="row" x="${GUTTER - 12}" y="${row.y + 10}"
        >${shorten(row.label, Math.floor(room(index)))}<title>${row.label}</title></text
      >`,
  );
  return html`<text class="lane" x="0" y="${lane.y + 10}">${title}<title>${lane.title}</title></text>${labels}<line
      class="rule"
      x1="0"
      x2="${WIDTH}"
      y1="${lane.y - 7}"
      y2="${lane.y - 7}"
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

function rowMarks(row: PlacedRow, scale: Scale): Markup[] {
  return row.marks.map((mark: Mark) => (mark.kind === "span" ? spanMark(mark, row.y, scale) : tickMark(mark, row.y, scale)));
}

function spanMark(span: Span, y: number, scale: Scale): Markup {
  const x = scale.x(span.fromMs);
  const width = Math.max(scale.x(span.toMs) - x, 0.5);
  const thin = span.look === "thin";
  const shape = html` x="${px(x)}" y="${thin ? y + BAR - 2 : y}" width="${px(width)}" height="${thin ? 4 : BAR}"`;
  const fill = span.colour === undefined ? html`` : html` fill="${safeColour(span.colour)}"`;
  // Labelled stretches of one node touch each other, so an edge must tell them apart.
  const look = `${span.look === "hatched" ? " faint" : ""}${span.label !== "" && span.colour === undefined ? " told" : ""}`;
  const rect = html`<rect class="${span.colour === undefined ? `t-${span.tone}` : "t-own"}${look}" ${shape}${fill}
      ><title>${span.title}</title></rect
    >${span.look === "hatched" && html`<rect class="hatch" ${shape} />`}`;
  if (span.label === "") return rect;
  const fits = span.label.length * CHAR + 8 < width;
  return html`${rect}<text
      class="in${span.colour === undefined ? "" : " own"}"
      x="${px(x + 5)}"
      y="${y + 9.5}"
      data-x="${px(x)}"
      data-w="${px(width)}"
      ${fits ? null : html` visibility="hidden"`}
      >${span.label}</text
    >`;
}

function tickMark(tick: Tick, y: number, scale: Scale): Markup {
  const x = scale.x(tick.atMs);
  if (tick.shape === "bar" || tick.shape === "half") {
    const half = tick.shape === "half";
    const width = tick.toMs === undefined ? LEAST : Math.max(LEAST, scale.x(tick.toMs) - x);
    return html`<rect
      class="t-${tick.tone} ${tick.toMs === undefined ? "point" : "sure"}"
      x="${px(x)}"
      y="${half ? y + BAR / 2 : y}"
      width="${px(width)}"
      height="${half ? BAR / 2 : BAR}"
      ><title>${tick.title}</title></rect
    >`;
  }
  return html`<use class="t-${tick.tone}" href="#s-${tick.shape}" x="${px(x)}" y="${y + BAR / 2}"><title>${tick.title}</title></use>`;
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Shapes and patterns used by all drawings; once per page. */
export function symbols(): Markup {
  return html`<svg class="symbols" width="0" height="0" aria-hidden="true">
    <defs>
      <pattern id="p-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="stripe" width="2.4" height="6" />
      </pattern>
      <symbol id="s-cross" overflow="visible"><path d="M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5" class="cross" /></symbol>
      <symbol id="s-diamond" overflow="visible"><path d="M0 -5L5 0L0 5L-5 0Z" /></symbol>
      <symbol id="s-dot" overflow="visible"><circle r="3" /></symbol>
    </defs>
  </svg>`;
}
