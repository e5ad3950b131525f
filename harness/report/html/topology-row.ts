import { topology } from "../svg/topology.js";
import type { TrialView } from "../trial-view.js";
import { moment } from "../words.js";
import { html, type Markup } from "./markup.js";

/** The cluster's picture at three moments, side by side. Null: the definition is not known. */
export function topologyRow(view: TrialView): Markup | null {
  const { definition } = view;
  if (definition === null) return null;
  return html`<div class="frames">
      ${view.frames.map(
        (frame) =>
          html`<figure class="frame" data-ms="${Math.round(frame.atMs)}">
            <figcaption><b>${frame.title}</b><span class="num">${moment(frame.atMs)}</span></figcaption>
            ${topology(definition, frame)}
          </figure>`,
      )}
    </div>
    <p class="sub frames-legend">
      Green: has ${definition.service.address}. Filled NIC: its bond's active leg. DC: says of itself that it is the designated controller.
      Red: cut, killed or without power.
    </p>`;
}
