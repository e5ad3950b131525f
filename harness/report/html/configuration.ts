import type { ClusterDefinition, NativeFile } from "../../cluster/definition.js";
import { html, type Markup } from "./markup.js";

/** The native files of the definition, verbatim and folded: what the cluster really ran with. */
export function configuration(definition: ClusterDefinition): Markup {
  const files = [definition.corosync, definition.pacemaker, ...definition.files].filter((file) => file.content !== "");
  if (files.length === 0) return html``;
  return html`<div class="part configuration">
    <h3>Configuration used</h3>
    ${files.map(fold)}
  </div>`;
}

function fold(file: NativeFile): Markup {
  return html`<details class="fold">
    <summary><code>${file.path}</code>${file.to !== "" && html` <span class="sub">to ${file.to}</span>`}</summary>
    <pre tabindex="0">${file.content}</pre>
  </details>`;
}
