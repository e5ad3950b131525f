/** A linear axis from milliseconds to drawing units. */
export interface Scale {
  fromMs: number;
  toMs: number;
  width: number;
  x(ms: number): number;
}

export function linearScale(fromMs: number, toMs: number, width: number): Scale {
  const span = Math.max(toMs - fromMs, 1);
  return { fromMs, toMs, width, x: (ms) => ((ms - fromMs) / span) * width };
}

/** Round tick positions (1, 2 or 5 times a power of ten), at most `most` of them. */
export function ticks(fromMs: number, toMs: number, most: number): number[] {
  const rough = (toMs - fromMs) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(fromMs / step);
  return Array.from({ length: Math.floor(toMs / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** Tick labels in seconds: `−5 s`, `0`, `0.25 s`. */
export function tickLabel(ms: number): string {
  const value = Number((ms / 1000).toFixed(3));
  return value === 0 ? "0" : `${value < 0 ? "−" : ""}${Math.abs(value)} s`;
}

/** Two decimals are enough for a pixel and keep the page small. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}
