import { createHash } from "node:crypto";
import type { Lab } from "../../lab/lab.js";
import { html, raw } from "../../report/html/markup.js";
import { STYLE } from "../../report/html/style.js";
import { TEST_STYLE } from "../../report/html/test-style.js";
import { CONSOLE_SCRIPT } from "./console-script.js";
import { CONSOLE_STYLE } from "./console-style.js";
import { faultForms } from "./fault-forms.js";
import { partButtons } from "./part-buttons.js";

const STYLES = [STYLE, TEST_STYLE, CONSOLE_STYLE];

/** The page without what moves, which its script asks for and puts into the places by their ids. It loads nothing else. */
export function consolePage(lab: Lab, { locked }: { locked: boolean }): { html: string; policy: string } {
  const policy = [
    "default-src 'none'",
    `style-src ${STYLES.map(hashOf).join(" ")}`,
    `script-src ${hashOf(CONSOLE_SCRIPT)}`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const { definition } = lab;
  const body = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${lab.name} · hachaos console</title>
      <link rel="icon" href="data:," />
      ${raw(STYLES.map((style) => `<style>${style}</style>`).join(""))}
    </head>
    <body>
      <a class="skip" href="#parts">Skip to the picture</a>
      <header class="top bar">
        <h1>${lab.name}</h1>
        <span class="sub">hachaos console${definition.name !== lab.name && html` · ${definition.name}`}<span id="me"></span></span>
        <span class="tools">
          <a id="report" class="sub" target="_blank" rel="noopener">Report so far</a>
          <button type="button" popovertarget="save">Save as suite</button>
          <button type="button" id="theme">Theme</button>
          <button type="button" id="lock" aria-pressed="true" ${locked && "disabled"}>${locked ? "Locked" : "Connecting"}</button>
        </span>
      </header>
      <main>
        <p id="notice" class="notice" role="alert" hidden></p>
        <noscript><p class="notice">This page needs its script: it shows what happens as it happens.</p></noscript>
        <dl id="status" class="statuses" aria-label="The service now"></dl>
        <div class="board">
          <section class="card panel picture" id="parts" aria-label="The lab" tabindex="-1">
            <div class="drawing">
              <div id="topology"></div>
              ${partButtons(lab)}
            </div>
            <p id="hint" class="hint sub">Point at a cable, a node, ${definition.service.process} or the gateway.</p>
          </section>
          <div class="side">
            <section class="card panel" aria-label="In force">
              <h2>In force</h2>
              <div id="faults"></div>
            </section>
            <section class="card panel log-panel" aria-label="Transcript">
              <div class="heading">
                <h2>Transcript</h2>
                <button type="button" id="copy">Copy</button>
              </div>
              <div class="entries" role="log" tabindex="0" aria-label="What was done and what came of it"><ol id="entries"></ol></div>
            </section>
          </div>
        </div>
        <section class="card panel" aria-label="The last minute">
          <h2>The last minute</h2>
          <div class="scroll" id="timeline" tabindex="0" role="region" aria-label="Lanes of the last minute"></div>
        </section>
        <details class="card panel all">
          <summary><h2>All faults</h2></summary>
          ${faultForms(lab)}
        </details>
      </main>
      <div id="menu" class="menu" popover role="dialog" aria-labelledby="menu-title">
        <h3 id="menu-title"></h3>
        <div id="choices"></div>
      </div>
      <form id="save" class="save" popover aria-label="Save as suite">
        <p class="sub">What was done becomes a suite, in a new folder where this console was started: hachaos run does it again.</p>
        <label><span class="sub">Folder</span> <input name="folder" value="by-hand" required maxlength="100" autofocus /></label>
        <button type="submit">Save</button>
      </form>
      <div id="toast" class="toast" role="status"></div>
      ${raw(`<script>${CONSOLE_SCRIPT}</script>`)}
    </body>
  </html>`;
  return { html: `<!doctype html>\n${body.markup}\n`, policy };
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
