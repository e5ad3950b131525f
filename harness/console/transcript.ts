/** What a line of the transcript tells: somebody acts, what was read back, a command that was run, what the cluster did, what went wrong. */
export type EntryKind = "act" | "seen" | "command" | "news" | "error";

export interface Entry {
  /** Counts from 1 for each console. */
  seq: number;
  /** Epoch ms. */
  atMs: number;
  kind: EntryKind;
  /** A page by its name, `another command`, `cluster` or `console`. */
  who: string;
  text: string;
}

/** So much is kept for a page that comes later; all of it is in the run's history. */
const KEEP = 500;

/** Everything that is done to the lab and what came of it, in order. */
export class Transcript {
  #entries: Entry[] = [];
  #count = 0;

  add(kind: EntryKind, who: string, text: string): void {
    this.#count += 1;
    this.#entries.push({ seq: this.#count, atMs: Date.now(), kind, who, text });
    if (this.#entries.length > 2 * KEEP) this.#entries = this.#entries.slice(-KEEP);
  }

  /** Those after the one with this number. */
  after(seq: number): Entry[] {
    return this.#entries.filter((entry) => entry.seq > seq);
  }
}
