import type { PhaseResult } from "../../check/results.js";
import { html, type Markup } from "../html/markup.js";
import { px, type Scale } from "./scale.js";

const HEIGHT = 18;

interface Observed {
  startMs: number;
  endMs: number;
  floor: NonNullable<PhaseResult["floor"]> | null;
  dark: readonly { fromMs: number; toMs: number }[];
}

/**
 * One phase on the axis of all phases: its time, full colour where the service was dark, red beyond the most that the configuration explains;
 * below it a line for what the configuration gives, full to the least, pale to the most.
 */
export function phaseBar(scale: Scale, { startMs, endMs, floor, dark }: Observed, label: string): Markup {
  const box = (name: string, fromMs: number, toMs: number, y: number, height: number, least = 0): Markup =>
    html`<rect
      class="${name}"
      x="${px(scale.x(fromMs))}"
      y="${y}"
      width="${px(Math.max(scale.x(toMs) - scale.x(fromMs), least))}"
      height="${height}"
    />`;
  const within = dark.flatMap(({ fromMs, toMs }) => {
    const [from, to] = [Math.max(fromMs, startMs), Math.min(toMs, endMs)];
    return to > from ? [[from, to] as const] : [];
  });
  const explained = floor ? startMs + floor.mostMs : Infinity;
  return html`<svg class="phase" viewBox="0 0 ${scale.width} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">
    <rect class="track" width="${scale.width}" height="11" />
    ${box("took", startMs, endMs, 0, 11, 1.5)}${within.map(([from, to]) => box("dark", from, to, 0, 11, 0.5))}${endMs > explained && box("beyond", explained, endMs, 0, 11, 1)}${floor && [box("most", startMs, startMs + floor.mostMs, 13.5, 3, 1), box("least", startMs, startMs + floor.leastMs, 13.5, 3, 0)]}
  </svg>`;
}
