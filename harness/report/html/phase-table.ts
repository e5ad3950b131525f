import type { TrialView } from "../trial-view.js";
import { px } from "../svg/scale.js";
import { moment, seconds } from "../words.js";
import { html, type Markup } from "./markup.js";

const WIDTH = 200;

/** Where the time went: the phases of the gap as a waterfall. Nothing when none was found. */
export function phaseTable(view: TrialView): Markup | null {
  const { phases } = view.result;
  const known = phases.flatMap((phase) => (phase.startMs === null || phase.endMs === null ? [] : [phase.startMs, phase.endMs]));
  if (phases.length === 0) return null;
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const x = (ms: number): number => ((ms - first) / Math.max(last - first, 1)) * WIDTH;
  return html`<h3>Where the time went</h3>
    <table class="plain waterfall">
      <tbody>
        ${phases.map((phase) => {
          const { startMs, endMs } = phase;
          if (startMs === null || endMs === null)
            return html`<tr>
              <td>${phase.name}</td>
              <td colspan="2"><span class="sub">${phase.evidence}</span></td>
            </tr>`;
          return html`<tr data-ms="${Math.round(startMs - view.zeroMs)}">
            <td>${phase.name}<span class="sub">${phase.evidence}</span></td>
            <td>
              <svg
                class="phase"
                viewBox="0 0 ${WIDTH} 12"
                width="${WIDTH}"
                height="12"
                role="img"
                aria-label="from ${moment(startMs - view.zeroMs)}"
              >
                <rect class="track" width="${WIDTH}" height="12" rx="3" />
                <rect class="fill" x="${px(x(startMs))}" width="${px(Math.max(x(endMs) - x(startMs), 1.5))}" height="12" rx="2" />
              </svg>
            </td>
            <td class="num">${seconds(endMs - startMs)}</td>
          </tr>`;
        })}
      </tbody>
    </table>`;
}
