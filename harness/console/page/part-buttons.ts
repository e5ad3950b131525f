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
  const at = html`x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="8"`;
  return html`<rect class="glow" ${at} /><rect class="hit" ${at} />`;
}

/** A box along the cable, wide enough to be hit (WCAG 2.2, 2.5.8: 24 CSS pixels, which this is from a drawing of 450 pixels on). */
function line([from, to]: [{ x: number; y: number }, { x: number; y: number }]): Markup {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const turn = `rotate(${px((Math.atan2(dy, dx) * 180) / Math.PI)} ${px(from.x)} ${px(from.y)})`;
  const along = (half: number) =>
    html`x="${px(from.x)}" y="${px(from.y - half)}" width="${px(Math.hypot(dx, dy))}" height="${2 * half}" rx="${half}" transform="${turn}"`;
  return html`<rect class="glow" ${along(4.5)} /><rect class="hit" ${along(10)} />`;
}
