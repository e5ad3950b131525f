/** What a mark was read from. Structured sources come first; `log` only where there is nothing better. */
export type MarkSource = "address" | "neighbour" | "bond" | "corosync" | "operation" | "cluster" | "log" | "probe" | "run";

/** A moment that was observed, with where it was read and how exact its time is. */
export interface Mark {
  source: MarkSource;
  /** Microseconds of the run. */
  atUs: number;
  /** The true time lies in [atUs - errorUs, atUs]. */
  errorUs: number;
  node: string | null;
  text: string;
}

export function earliest(marks: readonly (Mark | null)[]): Mark | null {
  return marks.reduce<Mark | null>((best, mark) => (mark !== null && (best === null || mark.atUs < best.atUs) ? mark : best), null);
}

export function latest(marks: readonly (Mark | null)[]): Mark | null {
  return marks.reduce<Mark | null>((best, mark) => (mark !== null && (best === null || mark.atUs > best.atUs) ? mark : best), null);
}
