import type { ConstraintVerdict, Verdict } from "../../check/results.js";
import { VERDICT_WORDS } from "../words.js";
import { html, type Markup } from "./markup.js";

/** A verdict as word, symbol and colour. */
export function badge(verdict: Verdict): Markup {
  const { word, symbol } = VERDICT_WORDS[verdict];
  return html`<span class="badge v-${verdict}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}

/** A constraint's verdict, the same way. */
export function constraintBadge(verdict: ConstraintVerdict): Markup {
  const [word, symbol, tone] = CONSTRAINT_WORDS[verdict];
  return html`<span class="badge v-${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}

const CONSTRAINT_WORDS: Record<ConstraintVerdict, [string, string, Verdict | "skipped"]> = {
  pass: ["kept", "✓", "pass"],
  fail: ["violated", "✕", "fail"],
  unknown: ["unknown", "?", "invalid"],
  expected: ["violated as expected", "≈", "pass"],
  skipped: ["not judged", "–", "skipped"],
};
