import { OUTCOMES } from "../lanes/probe-lane.js";
import { timeline } from "../svg/timeline.js";
import type { TrialView } from "../trial-view.js";
import { duration } from "../words.js";
import { laneTable } from "./lane-table.js";
import { html, type Markup } from "./markup.js";

/** The zoomable time axis with its tools, legend and the same as a table. */
export function timeFigure(view: TrialView, title: string): Markup {
  if (view.lanes.every((lane) => lane.rows.every((row) => row.marks.length === 0)))
    return html`<p class="sub">The history holds no observation of this trial.</p>`;
  const dark = view.dark[0];
  const back = view.result.healMs === null ? null : view.result.healMs - view.zeroMs;
  return html`<figure
    class="time"
    tabindex="0"
    aria-label="${title}. Plus and minus zoom, arrow keys move, 0 shows all, with Shift the arrow keys move the cursor."
    ${dark && html` data-gap="${Math.round(dark.fromMs)} ${Math.round(dark.toMs)}"`}${back !== null && html` data-back="${Math.round(back)} ${Math.round(view.toMs)}"`}
  >
    <div class="tools needs-script">
      <output class="readout" aria-live="polite"></output><output class="window"></output
      ><span class="help">drag, Ctrl + wheel, or + − ← → 0</span
      >${dark && html`<button type="button" data-zoom="gap">Gap</button>`}${back !== null && html`<button type="button" data-zoom="back">Failback</button>`}<button
        type="button"
        data-zoom="in"
        aria-label="Zoom in"
      >
        +</button
      ><button type="button" data-zoom="out" aria-label="Zoom out">−</button><button type="button" data-zoom="all">All</button>
    </div>
    <div class="scroll">${timeline(view, title)}</div>
    <figcaption>${legend(view)}<span class="num">${caption(view)}</span></figcaption>
    ${laneTable(view.lanes)}
  </figure>`;
}

function legend(view: TrialView): Markup {
  const key = (name: string, text: string): Markup => html`<span><i class="key k-${name}"></i>${text}</span>`;
  return html`<span class="legend"
    >${view.nodes.map((node, index) => key(`n${index % 6}`, node))}${key("fail", "refused, reset")}${key("silent", "timeout, unreachable")}${key("wrong", "wrong answer")}${key("op", "start, stop; ticks: monitor")}${key("dark", "no service")}</span
  >`;
}

/** What was asked and what failed; and what the picture does with thousands of requests. */
function caption({ result: { probes }, outcomes, drawing, toMs, fromMs }: TrialView): string {
  const failed = Object.entries(outcomes)
    .filter(([outcome]) => outcome !== "ok")
    .map(([outcome, count]) => `${count} ${OUTCOMES[outcome as keyof typeof OUTCOMES].words}`);
  return [
    `${probes.total} requests, one each ${probes.periodMs} ms; ${failed.length > 0 ? failed.join(", ") : "all answered"}`,
    "Requests that went alike one after the other are one bar, each other one has its own, never narrower than 1.6 px",
    `0 = ${drawing ? "fault proven" : "start"}; ${duration(toMs - fromMs)} recorded`,
  ].join(". ");
}
