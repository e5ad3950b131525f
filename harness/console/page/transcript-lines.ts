import { html, type Markup } from "../../report/html/markup.js";
import type { Entry } from "../transcript.js";

/** New lines of the transcript; the script says `this page` where it is this page. */
export function transcriptLines(entries: readonly Entry[]): Markup {
  return html`${entries.map(
    ({ seq, atMs, kind, who, text }) =>
      html`<li class="e-${kind}" data-seq="${seq}">
        <time datetime="${new Date(atMs).toISOString()}">${new Date(atMs).toTimeString().slice(0, 8)}</time> <span class="who">${who}</span>
        <span class="what">${text}</span>
      </li>`,
  )}`;
}
