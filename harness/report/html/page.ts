import { createHash } from "node:crypto";
import type { ReportModel } from "../model.js";
import { symbols } from "../svg/timeline.js";
import { VERDICT_WORDS } from "../words.js";
import { banner } from "./banner.js";
import { CLIENT_SCRIPT } from "./client-script.js";
import { environment } from "./environment.js";
import { failureList } from "./failure-list.js";
import { html, raw } from "./markup.js";
import { STYLE } from "./style.js";
import { testSection } from "./test-section.js";
import { testTable } from "./test-table.js";

/** The whole report as one self-contained file: nothing is loaded, and it can be read without its script. */
export function page(model: ReportModel): string {
  const { run, verdict } = model.results;
  // Only our own style and script may run, whatever a log line contains: both are named by their hash, so not a character may differ.
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(CLIENT_SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const open = opened(model);
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${raw(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${VERDICT_WORDS[verdict].symbol} ${run.id} · hachaos</title>
        <link rel="icon" href="data:," />
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        ${symbols()}<a class="skip" href="#tests">Skip to the tests</a>
        <header class="top">
          <span class="brand">hachaos</span><span class="runid">${run.id}</span
          ><button type="button" class="needs-script quiet" id="theme">Theme</button>
        </header>
        <main>
          ${banner(model)}${failureList(model)}${testTable(model)}
          <section class="details" aria-label="Details of each test">
            ${model.tests.map((test) => testSection(test, open.has(test.id)))}
          </section>
          ${environment(model)}
        </main>
        <footer>
          Made by hachaos ${run.versions["hachaos"] ?? ""}. Every time is measured on one clock; a gap is an interval because probes only
          sample.
        </footer>
        ${raw(`<script>${CLIENT_SCRIPT}</script>`)}
      </body>
    </html>`.markup
  }\n`;
}

/** Sections shown open: all that did not pass, else the one with the longest gap, else the first. */
function opened(model: ReportModel): Set<string> {
  const troubled = model.tests.filter((test) => test.verdict !== "pass").map((test) => test.id);
  const first = model.worst?.test.id ?? model.tests[0]?.id;
  return new Set(troubled.length > 0 ? troubled : first === undefined ? [] : [first]);
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
