import type { Mark } from "../lanes/lane.js";

/** All marks of one row that look alike, as one path: a lane of thousands of requests stays a few kilobytes and zooms at once. */
export interface MarkPath {
  /** CSS classes. */
  name: string;
  /** A fault's own colour. */
  colour: string | null;
  path: string;
}

/** Paths in order of first mark. x = whole milliseconds since `fromMs`, y = drawing units; every mark keeps a shape of its own in it. */
export function markPaths(marks: readonly Mark[], fromMs: number, y: number, bar: number): MarkPath[] {
  const paths = new Map<string, { name: string; colour: string | null; pen: Pen }>();
  for (const mark of marks) {
    const colour = mark.kind === "span" ? (mark.colour ?? null) : null;
    const name = `m ${colour === null ? `t-${mark.tone}` : "own"}${lookOf(mark)}`;
    const key = `${name} ${colour ?? ""}`;
    const known = paths.get(key) ?? { name, colour, pen: new Pen(fromMs) };
    paths.set(key, known);
    if (mark.kind === "span") known.pen.box(mark.fromMs, mark.toMs, ...edges(mark, y, bar));
    else if (mark.shape === "dot") known.pen.dot(mark.atMs, y + bar / 2);
    else known.pen.tick(mark.atMs, mark.shape === "half" ? y + bar / 2 : y, mark.shape === "half" ? bar / 2 : bar);
  }
  return [...paths.values()].map(({ name, colour, pen }) => ({ name, colour, path: pen.path }));
}

/** Marks of one look that follow each other are told apart by an edge where they carry a label. */
function lookOf(mark: Mark): string {
  if (mark.kind === "tick") return mark.shape === "dot" ? " dot" : " line";
  if (mark.look === "hatched") return " faint";
  if (mark.look === "thin") return " thin";
  if (mark.look === "sure" || mark.look === "low") return " sure";
  return mark.label !== "" && mark.colour === undefined ? " told" : "";
}

function edges(mark: Mark, y: number, bar: number): [y: number, height: number] {
  const look = mark.kind === "span" ? mark.look : undefined;
  if (look === "thin") return [y + bar - 3, 5];
  return look === "low" ? [y + bar / 2, bar / 2] : [y, bar];
}

/** Writes a path with relative moves, which are shorter than absolute ones. */
class Pen {
  path = "";
  #at: { x: number; y: number } | null = null;
  readonly #fromMs: number;

  constructor(fromMs: number) {
    this.#fromMs = fromMs;
  }

  box(fromMs: number, toMs: number, y: number, height: number): void {
    const width = Math.round(toMs) - Math.round(fromMs);
    this.#move(fromMs, y);
    this.path += `h${width}v${height}h${-width}z`;
  }

  tick(atMs: number, y: number, height: number): void {
    this.#move(atMs, y);
    this.path += `v${height}`;
    this.#at = { x: Math.round(atMs - this.#fromMs), y: y + height };
  }

  /** A line without length: its round end is the dot, which zooming does not stretch. */
  dot(atMs: number, y: number): void {
    this.#move(atMs, y);
    this.path += "h0";
  }

  #move(ms: number, y: number): void {
    const x = Math.round(ms - this.#fromMs);
    this.path += this.#at ? `m${x - this.#at.x} ${y - this.#at.y}` : `M${x} ${y}`;
    this.#at = { x, y };
  }
}
