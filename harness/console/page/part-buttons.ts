import type { Lab } from "../../lab/lab.js";
import { html, type Markup } from "../../report/html/markup.js";
import { px } from "../../report/svg/scale.js";
import { topologyParts, type TopologyPart } from "../../report/svg/topology-places.js";
import { faultOffers } from "../fault-offers.js";

/**
 * A button over each part of the picture that can be broken. They lie in a drawing of their own and stay while the picture beneath is
 * replaced, so that the focus and what is pointed at survive every change.
 */
export function partButtons(lab: Lab): Markup {
  const { width, height, parts } = topologyParts(lab.definition);
  const offers = faultOffers(lab);
  return html`<svg class="parts" viewBox="0 0 ${width} ${height}" role="group" aria-label="Parts that can be broken">
    ${parts.map((part) => {
      const key = `${part.kind}:${part.name}`;
      const name = partName(part);
      return html`<g
        class="part p-${part.kind}"
        role="button"
        tabindex="0"
        aria-label="${name}"
        data-part="${key}"
        data-name="${name}"
        data-offers="${JSON.stringify(offers.get(key) ?? [])}"
        >${"box" in part.at ? box(part.at.box) : line(part.at.line)}</g
      >`;
    })}
  </svg>`;
}

function partName({ kind, name }: TopologyPart): string {
  const node = name.slice(0, name.indexOf("."));
  const what = name.slice(name.indexOf(".") + 1);
  return { node: name, gateway: name, process: `${what} of ${node}`, nic: `Cable of ${what} of ${node}` }[kind];
}

function box({ x, y, width, height }: { x: number; y: number; width: number; height: number }): Markup {
  return html`<rect class="hit" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="8" />`;
}

function line([from, to]: [{ x: number; y: number }, { x: number; y: number }]): Markup {
  const ends = html`x1="${px(from.x)}" y1="${px(from.y)}" x2="${px(to.x)}" y2="${px(to.y)}"`;
  return html`<line class="glow" ${ends} /><line class="hit" ${ends} />`;
}
