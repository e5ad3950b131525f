import { messageOf } from "./errors.js";

export interface Undo {
  /** For people: what it puts back. */
  what: string;
  undo(): Promise<void>;
}

/** Undos are pushed before the act they belong to and run in reverse, each at most once. */
export class UndoStack {
  readonly #undos: Undo[] = [];

  push(undo: Undo): void {
    this.#undos.push(undo);
  }

  /** Runs everything, even when one fails; returns what failed, in words. */
  async run(): Promise<string[]> {
    const failures: string[] = [];
    for (let undo = this.#undos.pop(); undo !== undefined; undo = this.#undos.pop()) {
      try {
        await undo.undo();
      } catch (error) {
        failures.push(`${undo.what}: ${messageOf(error)}`);
      }
    }
    return failures;
  }
}
