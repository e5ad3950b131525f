import type { MarkResult, PhaseResult } from "../../check/results.js";
import { sameMark } from "../citations.js";
import { culpritOf } from "../culprit.js";
import { phaseBar } from "../svg/phase-bar.js";
import { linearScale } from "../svg/scale.js";
import type { TrialView } from "../trial-view.js";
import { limit, moment, seconds } from "../words.js";
import { html, type Markup } from "./markup.js";
import type { PhaseBaseline } from "./phase-baselines.js";

/** Drawing units of the bars; stretched to the column. */
const WIDTH = 400;

/**
 * Where each second went: one row per phase with the observed time over what the configuration alone gives it, its share of the dark time,
 * what is beyond, and what the baseline took. A phase that was not observed says what is missing. Null: there are no phases.
 */
export function waterfall(view: TrialView, phases: readonly PhaseResult[], baselines: readonly PhaseBaseline[]): Markup | null {
  if (phases.length === 0) return null;
  const ends = phases.flatMap(({ startMs, endMs, floor }) =>
    startMs === null || endMs === null ? [] : [startMs, endMs, startMs + (floor?.mostMs ?? 0)],
  );
  const [first, last] = ends.length === 0 ? [0, 1] : [Math.min(...ends), Math.max(...ends)];
  const scale = linearScale(first, last, WIDTH);
  const culprit = culpritOf(phases);
  const sum = (of: (phase: PhaseResult) => number): number => phases.reduce((total, phase) => total + of(phase), 0);
  const dark = phases.some((phase) => phase.darkMs !== undefined) ? sum((phase) => phase.darkMs ?? 0) : null;
  return html`<div class="scroll">
      <table class="plain waterfall">
        <thead>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col" class="chart">Observed, over what the configuration gives</th>
            <th scope="col" class="num">Took</th>
            <th scope="col" class="num">Dark</th>
            <th scope="col" class="num">Configured</th>
            <th scope="col" class="num">Excess</th>
            ${baselines.length > 0 && html`<th scope="col" class="num">Baseline</th>`}
          </tr>
        </thead>
        <tbody>
          ${phases.map((phase, index) => {
            const baseline = baselines.find((candidate) => candidate.phase === phase.name);
            const cells = baselines.length > 0 && html`<td class="num">${baseline && baselineCell(baseline)}</td>`;
            const { startMs, endMs } = phase;
            if (startMs === null || endMs === null)
              return html`<tr class="unseen">
                <th scope="row">${phase.name}</th>
                <td><span class="sub">not observed: ${phase.evidence}</span></td>
                <td class="num">–</td>
                <td class="num">–</td>
                <td class="num">${configured(phase)}</td>
                <td class="num">–</td>
                ${cells}
              </tr>`;
            return html`<tr ${phase === culprit ? html` class="culprit"` : null} data-ms="${Math.round(startMs - view.zeroMs)}">
              <th scope="row">${phase.name}${phase === culprit && html`<span class="sub">culprit</span>`}</th>
              <td>
                ${phaseBar(scale, { startMs, endMs, floor: phase.floor ?? null, dark: view.dark.map((band) => ({ fromMs: band.fromMs + view.zeroMs, toMs: band.toMs + view.zeroMs })) }, barLabel(view, phase, startMs, endMs))}
                ${marks(view, phase, phases[index - 1])}
              </td>
              <td class="num strong">${seconds(endMs - startMs)}</td>
              <td class="num">${phase.darkMs === undefined ? "–" : seconds(phase.darkMs)}</td>
              <td class="num">${configured(phase)}</td>
              <td class="num${(phase.excessMs ?? 0) > 0 ? " over" : ""}">${excess(phase)}</td>
              ${cells}
            </tr>`;
          })}
        </tbody>
        ${
          dark !== null &&
          html`<tfoot>
            <tr>
              <th scope="row">Sum</th>
              <td></td>
              <td class="num">${seconds(sum((phase) => (phase.endMs ?? 0) - (phase.startMs ?? 0)))}</td>
              <td class="num">${seconds(dark)}</td>
              <td></td>
              <td class="num">${seconds(sum((phase) => phase.excessMs ?? 0))}</td>
              ${baselines.length > 0 && html`<td></td>`}
            </tr>
          </tfoot>`
        }
      </table>
    </div>
    <p class="phase-legend">
      <span><i class="key k-took"></i>took</span><span><i class="key k-spent"></i>of it dark</span
      ><span><i class="key k-beyond"></i>beyond what the configuration explains</span
      ><span><i class="key k-floor"></i>configured, least to most</span>
    </p>`;
}

function barLabel(view: TrialView, phase: PhaseResult, startMs: number, endMs: number): string {
  const floor = phase.floor ? `, configured ${range(phase.floor.leastMs, phase.floor.mostMs)}` : "";
  return `${phase.name} from ${moment(startMs - view.zeroMs)} to ${moment(endMs - view.zeroMs)}${floor}`;
}

/** What begins and ends the phase; the beginning only where it is not the end of the phase before. */
function marks(view: TrialView, phase: PhaseResult, before: PhaseResult | undefined): Markup {
  if (!phase.ends) return html`<p class="sub">${phase.evidence}</p>`;
  const starts = phase.starts && !sameMark(phase.starts, before?.ends) && html`<li>starts ${mark(view, phase.starts)}</li>`;
  return html`<ul class="marks">
    ${starts}
    <li>ends ${mark(view, phase.ends)}</li>
  </ul>`;
}

function mark(view: TrialView, cited: NonNullable<MarkResult>): Markup {
  const { atMs, errorMs, node, source, text } = cited;
  const line = view.log.lineOf.get(cited)?.id;
  const when = html`<span class="num">${moment(atMs - view.zeroMs)}</span>`;
  const error = errorMs > 0 && html` <span class="sub" title="the true time lies up to this much earlier">−${limit(errorMs)}</span>`;
  return html`${line === undefined || line === null ? when : html`<a href="#${line}">${when}</a>`}${error}
    <span class="sub">${[node, source].filter((word) => word !== null && word !== "").join(" ")}:</span> ${text}`;
}

function configured({ floor }: PhaseResult): Markup | string {
  return floor ? html`<span title="${floor.source}">${range(floor.leastMs, floor.mostMs)}</span>` : "–";
}

function excess({ excessMs }: PhaseResult): string {
  return excessMs === null || excessMs === undefined ? "–" : excessMs > 0 ? `+${seconds(excessMs)}` : "none";
}

function range(leastMs: number, mostMs: number): string {
  return leastMs === mostMs ? limit(leastMs) : `${Number((leastMs / 1000).toFixed(2))}–${limit(mostMs)}`;
}

function baselineCell({ medianMs, shiftMs, verdict }: PhaseBaseline): Markup {
  const shift = shiftMs === null ? "" : `${shiftMs < 0 ? "−" : "+"}${seconds(Math.abs(shiftMs))}, `;
  return html`${medianMs === null ? "–" : seconds(medianMs)}<span class="sub${verdict === "slower" ? " over" : ""}"
      >${shift}${verdict}</span
    >`;
}
