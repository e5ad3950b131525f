import type { Advice } from "../../check/results.js";
import { limit } from "../words.js";
import { html, type Markup } from "./markup.js";

/** What would make the gap shorter, by how much, and what is risky about it. */
export function adviceList(advice: readonly Advice[]): Markup | null {
  if (advice.length === 0) return null;
  return html`<ul class="advice" aria-label="Advice">
    ${advice.map(
      ({ text, savesMs, risk }) =>
        html`<li>
          <p>${savesMs !== null && html`<b class="saves num">−${limit(savesMs)}</b> `}${text}</p>
          ${risk !== "" && html`<p class="sub">Risk: ${risk}</p>`}
        </li>`,
    )}
  </ul>`;
}
