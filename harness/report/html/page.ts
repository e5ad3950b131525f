import { createHash } from "node:crypto";
import type { ReportModel } from "../model.js";
import { VERDICT_WORDS } from "../words.js";
import { CLIENT_SCRIPT } from "./client-script.js";
import { detailsWithin } from "./details-within.js";
import { html, raw, type Markup } from "./markup.js";
import { nightPage } from "./night-page.js";
import { STYLE } from "./style.js";
import { TEST_SCRIPT } from "./test-script.js";
import { testSection } from "./test-section.js";
import { TEST_STYLE } from "./test-style.js";

/** The file stays below 5 MB. What the tables of all trials leave of it is for details of trials (time axis, topology, logs). */
const FILE_BYTES = 4_900_000;
/** Of these no more than that, however few trials there are: who needs more has the history. */
const DETAIL_BYTES = 3_000_000;

/** The file, with as many details as fit; the night page says how many trials that leaves out. */
export function page(model: ReportModel): string {
  const tables = Buffer.byteLength(pages(model, new Map()));
  return pages(model, detailsWithin(Math.min(DETAIL_BYTES, FILE_BYTES - tables), model.ranked, model.comparison));
}

/**
 * The whole report as one self-contained file: nothing is loaded. Without scripts its pages follow one another, the night page first; with
 * them one page is shown at a time, chosen by the address' hash (see client-script.ts).
 */
function pages(model: ReportModel, details: ReadonlyMap<string, Markup>): string {
  const { run, verdict } = model.results;
  // Only our own styles and scripts may run, whatever a log line contains: each is named by its hash, so not a character may differ.
  const policy = [
    "default-src 'none'",
    `style-src ${[STYLE, TEST_STYLE].map(hashOf).join(" ")}`,
    `script-src ${[TEST_SCRIPT, CLIENT_SCRIPT].map(hashOf).join(" ")}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
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
        ${raw(`<style>${STYLE}</style><style>${TEST_STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#tests">Skip to the tests</a>
        <header class="top">
          <a class="brand" href="#night">hachaos</a><span class="runid">${run.id}</span
          ><button type="button" class="needs-script quiet" id="theme">Theme</button>
        </header>
        <main>
          <article class="page" id="night">${nightPage(model, details)}</article>
          ${model.ranked.map((test) => testPage(test, details))}
        </main>
        <footer>
          Made by hachaos ${run.versions["hachaos"] ?? ""}. Every time is measured on one clock; a gap is an interval because probes only
          sample.
        </footer>
        ${raw(`<script>${TEST_SCRIPT}</script><script>${CLIENT_SCRIPT}</script>`)}
      </body>
    </html>`.markup
  }\n`;
}

/** Packed into `noscript`, which costs a browser nothing until the page is asked for. Its content must hold no `noscript` of its own. */
function testPage(test: ReportModel["tests"][number], details: ReadonlyMap<string, Markup>): Markup {
  return html`<article class="page" id="${test.id}">
    <noscript>${testSection(test, details)}</noscript>
  </article>`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
